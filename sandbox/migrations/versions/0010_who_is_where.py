"""who is where"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('presence',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(length=200), nullable=False),
    sa.Column('former', sa.String(length=200), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('since', sandbox.db.Moment(), nullable=False),
    sa.Column('seen_at', sandbox.db.Moment(), nullable=False),
    sa.Column('errors', sa.Integer(), nullable=False),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('left_at', sandbox.db.Moment(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_presence_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence')),
    sa.UniqueConstraint('workshop_id', 'seat', name=op.f('uq_presence_workshop_id_seat'))
    )


def downgrade() -> None:
    op.drop_table('presence')
