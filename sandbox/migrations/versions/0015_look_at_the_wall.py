"""look at the wall"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('workshop', sa.Column('pause_until', sandbox.db.Moment(), nullable=True))
    op.add_column('workshop', sa.Column('pause_words', sa.String(length=200), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('workshop', 'pause_words')
    op.drop_column('workshop', 'pause_until')
