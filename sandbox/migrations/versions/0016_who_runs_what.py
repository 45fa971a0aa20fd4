"""who runs what"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workshop_share',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=False),
    sa.Column('since', sandbox.db.Moment(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], name=op.f('fk_workshop_share_trainer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_share_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_share')),
    sa.UniqueConstraint('workshop_id', 'trainer_id', name=op.f('uq_workshop_share_workshop_id_trainer_id'))
    )
    with op.batch_alter_table('workshop_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_share_trainer_id'), ['trainer_id'], unique=False)

    op.add_column('workshop', sa.Column('territory', sa.String(length=80), server_default='', nullable=False))
    op.add_column('trainer', sa.Column('is_admin', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('trainer', sa.Column('blocked_at', sandbox.db.Moment(), nullable=True))
    op.add_column('trainer', sa.Column('expired_at', sandbox.db.Moment(), nullable=True))
    op.execute('UPDATE trainer SET is_admin = true WHERE id = (SELECT min(id) FROM trainer)')


def downgrade() -> None:
    for name in ('expired_at', 'blocked_at', 'is_admin'):
        op.drop_column('trainer', name)
    op.drop_column('workshop', 'territory')
    op.drop_table('workshop_share')
