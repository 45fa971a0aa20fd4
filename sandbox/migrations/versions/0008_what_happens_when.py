"""what happens, and when"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('unfolding',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sandbox.db.Moment(), nullable=False),
    sa.Column('paused_at', sandbox.db.Moment(), nullable=True),
    sa.Column('stopped_at', sandbox.db.Moment(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_unfolding_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unfolding'))
    )
    with op.batch_alter_table('unfolding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unfolding_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('happening',
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('unfolding_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('deed', sa.JSON(), nullable=False),
    sa.Column('seats', sa.JSON(), nullable=False),
    sa.Column('stage', sa.Enum('planned', 'paused', 'done', 'failed', 'stopped', name='stage', native_enum=False, length=40), nullable=False),
    sa.Column('wanted_at', sandbox.db.Moment(), nullable=False),
    sa.Column('done_at', sandbox.db.Moment(), nullable=True),
    sa.Column('reached', sa.JSON(), nullable=False),
    sa.Column('missed', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], name=op.f('fk_happening_trainer_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unfolding_id'], ['unfolding.id'], name=op.f('fk_happening_unfolding_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_happening_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_happening')),
    sa.UniqueConstraint('ref', name=op.f('uq_happening_ref'))
    )
    with op.batch_alter_table('happening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_happening_trainer_id'), ['trainer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_happening_unfolding_id'), ['unfolding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_happening_workshop_id_happening_stage'), ['workshop_id', 'stage'], unique=False)


def downgrade() -> None:
    op.drop_table('happening')
    op.drop_table('unfolding')
