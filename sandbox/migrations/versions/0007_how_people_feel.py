"""how people feel"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feeling',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('moment', sa.Enum('avant', 'apres', name='when', native_enum=False, length=40), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_feeling_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeling')),
    sa.UniqueConstraint('world_id', 'seat', 'moment', name=op.f('uq_feeling_world_id_seat_moment'))
    )
    with op.batch_alter_table('feeling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feeling_workshop_id'), ['workshop_id'], unique=False)


def downgrade() -> None:
    op.drop_table('feeling')
