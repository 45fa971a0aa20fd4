"""hands and words"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hand',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('exercise', sa.String(length=60), nullable=False),
    sa.Column('raised_at', sandbox.db.Moment(), nullable=False),
    sa.Column('answer', sa.Enum('coming', 'word', name='answer', native_enum=False, length=40), nullable=True),
    sa.Column('answered_at', sandbox.db.Moment(), nullable=True),
    sa.Column('lowered_at', sandbox.db.Moment(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_hand_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand'))
    )
    is_up = sa.text('lowered_at IS NULL')
    op.create_index(op.f('ix_hand_workshop_id'), 'hand', ['workshop_id'], unique=False)
    op.create_index('uq_hand_up', 'hand', ['workshop_id', 'seat'], unique=True, sqlite_where=is_up, postgresql_where=is_up)
    op.create_table('trainer_word',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('is_hint', sa.Boolean(), nullable=False),
    sa.Column('text', sa.String(length=400), nullable=False),
    sa.Column('landmark', sa.String(length=20), nullable=False),
    sa.Column('sent_at', sandbox.db.Moment(), nullable=False),
    sa.Column('read_at', sandbox.db.Moment(), nullable=True),
    sa.Column('taken_at', sandbox.db.Moment(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_trainer_word_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainer_word')),
    sa.UniqueConstraint('workshop_id', 'ref', 'seat', name=op.f('uq_trainer_word_workshop_id_ref_seat'))
    )


def downgrade() -> None:
    op.drop_table('trainer_word')
    op.drop_index('uq_hand_up', table_name='hand')
    op.drop_index(op.f('ix_hand_workshop_id'), table_name='hand')
    op.drop_table('hand')
