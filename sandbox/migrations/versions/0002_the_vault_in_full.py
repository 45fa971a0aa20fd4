"""the vault in full"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_words')),
    sa.UniqueConstraint('hash', name=op.f('uq_words_hash'))
    )
    op.create_table('delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('LEGAL_REPRESENTATION', 'CAREGIVING', name='delegationkind', native_enum=False, length=40), nullable=False),
    sa.Column('since', sandbox.db.Moment(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['user.id'], name=op.f('fk_delegation_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_delegation_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_delegation_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_delegation_world_id_ref'))
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_world_id_delegation_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sandbox.db.Moment(), nullable=False),
    sa.Column('moved_at', sandbox.db.Moment(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('ready_at', sandbox.db.Moment(), nullable=True),
    sa.Column('blob_hash', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_export_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_export_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_export_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_export_world_id_ref'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_world_id_export_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('blob_hash', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', sandbox.db.Moment(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_sheet_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sheet_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_sheet_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_sheet_world_id_ref'))
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_world_id_sheet_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('standing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('professional_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('authorised', 'blocked', 'neither', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('since', sandbox.db.Moment(), nullable=False),
    sa.Column('glass_until', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['professional_id'], ['user.id'], name=op.f('fk_standing_professional_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_standing_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_standing_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing')),
    sa.UniqueConstraint('record_id', 'professional_id', name=op.f('uq_standing_record_id_professional_id')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_standing_world_id_ref'))
    )
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_standing_professional_id'), ['professional_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_standing_world_id_standing_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('QUESTION', 'SIGNALEMENT_PS', 'SIGNALEMENT_DOC', 'SIGNALEMENT_SNR', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('subject', sa.String(length=160), nullable=False),
    sa.Column('object_ref', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=3000), nullable=False),
    sa.Column('sent_at', sandbox.db.Moment(), nullable=False),
    sa.Column('answer_at', sandbox.db.Moment(), nullable=True),
    sa.Column('answer', sa.String(length=3000), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_ticket_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_ticket_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_ticket_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_ticket_world_id_ref'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_world_id_ticket_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('ticket_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('blob_hash', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_file_ticket_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_ticket_file_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_file')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_ticket_file_world_id_ref'))
    )
    with op.batch_alter_table('ticket_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_file_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_file_world_id_ticket_file_seat'), ['world_id', 'seat'], unique=False)

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('loose', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('hidden_until', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('notice_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('measures', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('extraction', sa.Enum('pending', 'accepted', 'refused', name='extraction', native_enum=False, length=40), nullable=True))

    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_record_id_entry_actor_kind_entry_at'), ['record_id', 'actor_kind', 'at'], unique=False)

    with op.batch_alter_table('professional', schema=None) as batch_op:
        batch_op.add_column(sa.Column('setting', sa.String(length=20), server_default='AMBULATOIRE', nullable=False))

    with op.batch_alter_table('profile_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_none', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('samu', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('glass', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('masked_in_emergency', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('masks_new', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('proposes_measures', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('muted', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('shortcuts', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('postponed', sa.String(length=120), server_default='', nullable=False))

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('matrix', sa.String(length=64), server_default='', nullable=False))

    with op.batch_alter_table('world', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due_at', sandbox.db.Moment(), nullable=True))

    op.drop_column('world', 'filled')  # not in a batch: making the table again would take every row that points to it


def downgrade() -> None:
    op.add_column('world', sa.Column('filled', sa.INTEGER(), server_default='-1', nullable=False))
    op.drop_column('world', 'due_at')

    op.drop_column('workshop', 'matrix')

    op.drop_column('record', 'postponed')
    op.drop_column('record', 'shortcuts')
    op.drop_column('record', 'muted')
    op.drop_column('record', 'proposes_measures')
    op.drop_column('record', 'masks_new')
    op.drop_column('record', 'masked_in_emergency')
    op.drop_column('record', 'glass')
    op.drop_column('record', 'samu')

    op.drop_column('profile_entry', 'is_none')

    op.drop_column('professional', 'setting')

    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_record_id_entry_actor_kind_entry_at'))

    op.drop_column('document', 'extraction')
    op.drop_column('document', 'measures')
    op.drop_column('document', 'notice_at')
    op.drop_column('document', 'hidden_until')
    op.drop_column('document', 'loose')

    with op.batch_alter_table('ticket_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_file_world_id_ticket_file_seat'))
        batch_op.drop_index(batch_op.f('ix_ticket_file_ticket_id'))

    op.drop_table('ticket_file')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_world_id_ticket_seat'))
        batch_op.drop_index(batch_op.f('ix_ticket_record_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_author_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standing_world_id_standing_seat'))
        batch_op.drop_index(batch_op.f('ix_standing_professional_id'))

    op.drop_table('standing')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_world_id_sheet_seat'))
        batch_op.drop_index(batch_op.f('ix_sheet_user_id'))
        batch_op.drop_index(batch_op.f('ix_sheet_record_id'))

    op.drop_table('sheet')
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_export_world_id_export_seat'))
        batch_op.drop_index(batch_op.f('ix_export_user_id'))
        batch_op.drop_index(batch_op.f('ix_export_record_id'))

    op.drop_table('export')
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegation_world_id_delegation_seat'))
        batch_op.drop_index(batch_op.f('ix_delegation_record_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_delegate_id'))

    op.drop_table('delegation')
    op.drop_table('words')
