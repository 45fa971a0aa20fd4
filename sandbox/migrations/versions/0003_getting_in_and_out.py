"""getting in and out"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('paired_at', sandbox.db.Moment(), nullable=False),
    sa.Column('used_at', sandbox.db.Moment(), nullable=True),
    sa.Column('revoked_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_device_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_device_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_device_world_id_ref'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_world_id_device_seat'), ['world_id', 'seat'], unique=False)

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('link_label', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('lure', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('opened_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('reported_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.add_column(sa.Column('target', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('replaced', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_column('one_time_code', 'tries')

    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('life', sa.Enum('created', 'active', 'opposed', 'closed', name='life', native_enum=False, length=40), server_default='active', nullable=False))
        batch_op.add_column(sa.Column('life_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('invited_at', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('reach', sa.String(length=20), server_default='sms email', nullable=False))
        batch_op.add_column(sa.Column('erase_asked', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expired_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('open_until', sandbox.db.Moment(), nullable=True))
        batch_op.add_column(sa.Column('refusals', sa.Integer(), server_default='0', nullable=False))



def downgrade() -> None:
    op.drop_column('workshop', 'refusals')
    op.drop_column('workshop', 'open_until')
    op.drop_column('user', 'expired_at')
    op.drop_column('record', 'erase_asked')
    op.drop_column('record', 'reach')
    op.drop_column('record', 'invited_at')
    op.drop_column('record', 'life_at')
    op.drop_column('record', 'life')
    op.drop_column('one_time_code', 'replaced')
    op.drop_column('one_time_code', 'target')
    op.add_column('one_time_code', sa.Column('tries', sa.Integer(), server_default='0', nullable=False))
    op.drop_column('mail', 'reported_at')
    op.drop_column('mail', 'opened_at')
    op.drop_column('mail', 'lure')
    op.drop_column('mail', 'link_label')
    op.drop_column('mail', 'link')

    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_world_id_device_seat'))
        batch_op.drop_index(batch_op.f('ix_device_user_id'))

    op.drop_table('device')
