"""who came to the door"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('doorstep',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=12), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('host', sa.String(length=100), nullable=False),
    sa.Column('by_sheet', sa.Boolean(), nullable=False),
    sa.Column('ahead', sa.Float(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_doorstep_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doorstep')),
    sa.UniqueConstraint('workshop_id', 'mark', name=op.f('uq_doorstep_workshop_id_mark'))
    )


def downgrade() -> None:
    op.drop_table('doorstep')
