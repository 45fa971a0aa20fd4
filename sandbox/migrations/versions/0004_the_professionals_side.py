"""the professionals side"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('prescriber_id', sa.Integer(), nullable=False),
    sa.Column('since', sandbox.db.Moment(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['prescriber_id'], ['user.id'], name=op.f('fk_objection_prescriber_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_objection_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_objection_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('record_id', 'prescriber_id', name=op.f('uq_objection_record_id_prescriber_id')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_objection_world_id_ref'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_prescriber_id'), ['prescriber_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_world_id_objection_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sandbox.db.Moment(), nullable=True),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_copy_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_copy_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_copy_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_copy')),
    sa.UniqueConstraint('conversation_id', 'user_id', name=op.f('uq_copy_conversation_id_user_id'))
    )
    with op.batch_alter_table('copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_copy_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_copy_world_id_copy_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=True),
    sa.Column('to_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('aside', sa.Boolean(), nullable=False),
    sa.Column('receipt_asked', sa.Boolean(), nullable=False),
    sa.Column('written_at', sandbox.db.Moment(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_draft_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_draft_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_draft_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['user.id'], name=op.f('fk_draft_to_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_draft_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_draft_world_id_ref'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_to_id'), ['to_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_world_id_draft_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('child_exam',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('exam', sa.String(length=20), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_child_exam_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_child_exam_document_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_child_exam_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_child_exam_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_child_exam')),
    sa.UniqueConstraint('record_id', 'exam', name=op.f('uq_child_exam_record_id_exam')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_child_exam_world_id_ref'))
    )
    with op.batch_alter_table('child_exam', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_child_exam_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_child_exam_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_child_exam_world_id_child_exam_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('draft_piece',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_draft_piece_document_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_piece_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_draft_piece_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_piece'))
    )
    with op.batch_alter_table('draft_piece', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_piece_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_piece_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_piece_world_id_draft_piece_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('vaccination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('vaccine', sa.String(length=20), nullable=False),
    sa.Column('product', sa.String(length=80), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('dose', sa.String(length=40), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('site', sa.String(length=40), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_vaccination_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_vaccination_document_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_vaccination_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_vaccination_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vaccination')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_vaccination_world_id_ref'))
    )
    with op.batch_alter_table('vaccination', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vaccination_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vaccination_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vaccination_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vaccination_world_id_vaccination_seat'), ['world_id', 'seat'], unique=False)

    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('no_reply', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('from_patient', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('cleared_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('seen_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.add_column(sa.Column('why', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('posology', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('agreed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('cancelled_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('version_of', sa.String(length=16), server_default='', nullable=False))
        batch_op.add_column(sa.Column('withdrawn_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_for', sa.String(length=200), server_default='', nullable=False))

    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=12), server_default='', nullable=False))
        batch_op.add_column(sa.Column('dose', sa.String(length=60), server_default='', nullable=False))
        batch_op.add_column(sa.Column('frequency', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('ald', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('aside', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('closing', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('receipt_asked', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('receipt_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('prescription_ref', sa.String(length=16), server_default='', nullable=False))

    with op.batch_alter_table('prescription', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('products', 'nursing', 'physiotherapy', 'biology', name='kind', native_enum=False, length=40), server_default='products', nullable=False))

    with op.batch_alter_table('professional', schema=None) as batch_op:
        batch_op.add_column(sa.Column('takes_prescriptions', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('unread_box', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    op.drop_column('professional', 'unread_box')
    op.drop_column('professional', 'takes_prescriptions')
    op.drop_column('prescription', 'kind')
    op.drop_column('message', 'prescription_ref')
    op.drop_column('message', 'receipt_at')
    op.drop_column('message', 'receipt_asked')
    op.drop_column('message', 'closing')
    op.drop_column('message', 'aside')
    op.drop_column('line', 'ald')
    op.drop_column('line', 'frequency')
    op.drop_column('line', 'dose')
    op.drop_column('line', 'code')
    op.drop_column('document', 'withdrawn_for')
    op.drop_column('document', 'withdrawn_at')
    op.drop_column('document', 'version_of')
    op.drop_column('document', 'version')
    op.drop_column('delivery', 'cancelled_at')
    op.drop_column('delivery', 'agreed_on')
    op.drop_column('delivery', 'posology')
    op.drop_column('delivery', 'why')
    op.drop_column('conversation', 'seen_at')
    op.drop_column('conversation', 'cleared_at')
    op.drop_column('conversation', 'from_patient')
    op.drop_column('conversation', 'no_reply')
    op.drop_column('appointment', 'confirmed_at')

    with op.batch_alter_table('vaccination', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vaccination_world_id_vaccination_seat'))
        batch_op.drop_index(batch_op.f('ix_vaccination_record_id'))
        batch_op.drop_index(batch_op.f('ix_vaccination_document_id'))
        batch_op.drop_index(batch_op.f('ix_vaccination_author_id'))

    op.drop_table('vaccination')
    with op.batch_alter_table('draft_piece', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_piece_world_id_draft_piece_seat'))
        batch_op.drop_index(batch_op.f('ix_draft_piece_draft_id'))
        batch_op.drop_index(batch_op.f('ix_draft_piece_document_id'))

    op.drop_table('draft_piece')
    with op.batch_alter_table('child_exam', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_child_exam_world_id_child_exam_seat'))
        batch_op.drop_index(batch_op.f('ix_child_exam_document_id'))
        batch_op.drop_index(batch_op.f('ix_child_exam_author_id'))

    op.drop_table('child_exam')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_world_id_draft_seat'))
        batch_op.drop_index(batch_op.f('ix_draft_to_id'))
        batch_op.drop_index(batch_op.f('ix_draft_record_id'))
        batch_op.drop_index(batch_op.f('ix_draft_conversation_id'))
        batch_op.drop_index(batch_op.f('ix_draft_author_id'))

    op.drop_table('draft')
    with op.batch_alter_table('copy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_copy_world_id_copy_seat'))
        batch_op.drop_index(batch_op.f('ix_copy_user_id'))

    op.drop_table('copy')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_world_id_objection_seat'))
        batch_op.drop_index(batch_op.f('ix_objection_prescriber_id'))

    op.drop_table('objection')
