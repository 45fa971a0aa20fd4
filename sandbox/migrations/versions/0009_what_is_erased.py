"""what is erased"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('workshop', sa.Column('erase_on', sa.Date(), nullable=True))
    op.add_column('workshop', sa.Column('erased_at', sandbox.db.Moment(), nullable=True))
    op.add_column('workshop', sa.Column('figures', sa.JSON(), nullable=True))


def downgrade() -> None:
    for name in ('figures', 'erased_at', 'erase_on'):
        op.drop_column('workshop', name)
