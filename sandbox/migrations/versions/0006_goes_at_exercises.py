"""goes at exercises"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('exercise', sa.String(length=60), nullable=False),
    sa.Column('begun_at', sandbox.db.Moment(), nullable=True),
    sa.Column('done_at', sandbox.db.Moment(), nullable=True),
    sa.Column('left_at', sandbox.db.Moment(), nullable=True),
    sa.Column('hints', sa.Integer(), server_default='0', nullable=False),
    sa.Column('path_at', sandbox.db.Moment(), nullable=True),
    sa.Column('step', sa.Integer(), server_default='0', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_attempt_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_workshop_id'), ['workshop_id'], unique=False)
        batch_op.create_index(
            'uq_attempt_present', ['world_id', 'seat', 'exercise'], unique=True,
            sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'),
        )


def downgrade() -> None:
    op.drop_table('attempt')
