"""starting points"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.add_column(sa.Column('moment', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('shift_seconds', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('made_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('removed_at', sandbox.db.Moment(), nullable=True))

    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.add_column(sa.Column('start_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('label', sa.String(length=120), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.drop_column('label')
        batch_op.drop_column('start_id')

    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_column('removed_at')
        batch_op.drop_column('made_by_id')
        batch_op.drop_column('shift_seconds')
        batch_op.drop_column('moment')
