"""first tables"""

import sqlalchemy as sa
from alembic import op

import sandbox.db

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('blob',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sandbox.db.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blob')),
    sa.UniqueConstraint('hash', name=op.f('uq_blob_hash'))
    )
    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=60), nullable=False),
    sa.Column('topic', sa.String(length=20), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_audience_event_id'), ['audience', 'id'], unique=False)

    op.create_table('rendering',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sandbox.db.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rendering')),
    sa.UniqueConstraint('hash', name=op.f('uq_rendering_hash'))
    )
    op.create_table('trainer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password_hash', sa.String(length=60), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sandbox.db.Moment(), nullable=True),
    sa.Column('created_at', sandbox.db.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainer')),
    sa.UniqueConstraint('email', name=op.f('uq_trainer_email'))
    )
    op.create_table('workshop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('pack', sa.String(length=40), nullable=False),
    sa.Column('seed', sa.String(length=40), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('quick_entry', sa.Boolean(), nullable=False),
    sa.Column('created_at', sandbox.db.Moment(), nullable=False),
    sa.Column('closed_at', sandbox.db.Moment(), nullable=True),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('start_id', sa.Integer(), nullable=True),
    sa.Column('world_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['start_id'], ['snapshot.id'], name=op.f('fk_workshop_start_id'), ondelete='SET NULL', use_alter=True),
    sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], name=op.f('fk_workshop_trainer_id')),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_workshop_world_id'), ondelete='SET NULL', use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop')),
    sa.UniqueConstraint('code', name=op.f('uq_workshop_code'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_trainer_id'), ['trainer_id'], unique=False)

    op.create_table('credential',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('identifier', sa.String(length=60), nullable=False),
    sa.Column('password', sa.String(length=40), nullable=False),
    sa.Column('password_hash', sa.String(length=60), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_credential_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    sa.UniqueConstraint('token', name=op.f('uq_credential_token')),
    sa.UniqueConstraint('workshop_id', 'ref', name=op.f('uq_credential_workshop_id_ref'))
    )
    op.create_table('snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('created_at', sandbox.db.Moment(), nullable=False),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_snapshot_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('snapshot_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_part_snapshot_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot_part')),
    sa.UniqueConstraint('snapshot_id', 'seat', name=op.f('uq_snapshot_part_snapshot_id_seat'))
    )
    op.create_table('world',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('filling', 'ready', 'used', name='worldstate', native_enum=False, length=40), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('touched_at', sandbox.db.Moment(), nullable=False),
    sa.Column('shift_seconds', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_world_snapshot_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_world_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_world')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('world', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_world_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('workshop', 'seat', name='stepkind', native_enum=False, length=40), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('former', sa.LargeBinary(), nullable=True),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_step_workshop_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_step_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step'))
    )
    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_step_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('learner', 'professional', 'institution', name='role', native_enum=False, length=40), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('identifier', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=60), nullable=False),
    sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
    sa.Column('locked_until', sandbox.db.Moment(), nullable=True),
    sa.Column('seen_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_user_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_user_world_id_ref'))
    )
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_world_id_user_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('availability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('professional_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens', sa.String(length=5), nullable=False),
    sa.Column('closes', sa.String(length=5), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['professional_id'], ['user.id'], name=op.f('fk_availability_professional_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_availability_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability'))
    )
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_availability_professional_id'), ['professional_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_availability_world_id_availability_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Enum('sms', 'email', name='channel', native_enum=False, length=40), nullable=False),
    sa.Column('sender', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('read_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_mail_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_mail_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_mail_world_id_ref'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_world_id_mail_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('one_time_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('sign_in', name='codepurpose', native_enum=False, length=40), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sandbox.db.Moment(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sandbox.db.Moment(), nullable=True),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_one_time_code_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_one_time_code_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_code'))
    )
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_code_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_one_time_code_world_id_one_time_code_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('professional',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('profession', sa.String(length=12), nullable=False),
    sa.Column('specialty', sa.String(length=80), nullable=False),
    sa.Column('is_establishment', sa.Boolean(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_professional_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_professional_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_professional')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_professional_world_id_ref'))
    )
    with op.batch_alter_table('professional', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_professional_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_professional_world_id_professional_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('family_name', sa.String(length=60), nullable=False),
    sa.Column('first_name', sa.String(length=60), nullable=False),
    sa.Column('sex', sa.Enum('F', 'M', name='sex', native_enum=False, length=40), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=False),
    sa.Column('birth_place', sa.String(length=60), nullable=False),
    sa.Column('birth_code', sa.String(length=5), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('vitale_serial', sa.String(length=21), nullable=False),
    sa.Column('visited_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_record_owner_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_record_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_record_world_id_ref'))
    )
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_world_id_record_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('professional_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('with_name', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('starts_at', sandbox.db.Moment(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('origin', sa.Enum('own', 'synced', name='origin', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('confirmed', 'honoured', 'cancelled', 'missed', 'error', name='status', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['professional_id'], ['user.id'], name=op.f('fk_appointment_professional_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_appointment_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_appointment_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_appointment_world_id_ref'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_professional_id'), ['professional_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_world_id_appointment_seat'), ['world_id', 'seat'], unique=False)
        batch_op.create_index('uq_appointment_slot', ['professional_id', 'starts_at'], unique=True, sqlite_where=sa.text('held'), postgresql_where=sa.text('held'))

    op.create_table('conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('professional_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('state', sa.Enum('open', 'ended', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('last_at', sandbox.db.Moment(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['professional_id'], ['user.id'], name=op.f('fk_conversation_professional_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_conversation_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_conversation_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_conversation_world_id_ref'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_professional_id'), ['professional_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_world_id_conversation_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('actor_kind', sa.Enum('professional', 'owner', 'representative', 'service', 'system', name='actorkind', native_enum=False, length=40), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('phrase', sa.String(length=300), nullable=False),
    sa.Column('subject_ref', sa.String(length=40), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('from_pack', sa.Boolean(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_entry_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_entry_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_entry_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry'))
    )
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_entry_done', ['world_id', 'act'], unique=False, sqlite_where=sa.text('from_pack = 0'), postgresql_where=sa.text('NOT from_pack'))
        batch_op.create_index(batch_op.f('ix_entry_record_id_entry_at'), ['record_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_world_id_entry_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('folder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_folder_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_folder_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_folder')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_folder_world_id_ref'))
    )
    with op.batch_alter_table('folder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_folder_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_folder_world_id_folder_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=12), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('source', sa.Enum('patient', 'professional', 'device', 'document', name='source', native_enum=False, length=40), nullable=False),
    sa.Column('comment', sa.String(length=150), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_measure_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_measure_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_measure_world_id_ref'))
    )
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_world_id_measure_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('notification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Enum('AJOUT_DOC', 'CONSULT_DOCUMENT', 'RECEPTION_MESSAGE', 'ACCES_DMP_PS', 'RAPPEL_RDV_USAGER', 'DELIVRANCE', name='code', native_enum=False, length=40), nullable=False),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('about', sa.String(length=20), nullable=False),
    sa.Column('object_ref', sa.String(length=16), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('read_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_notification_actor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_notification_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_notification_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_notification_world_id_ref'))
    )
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notification_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notification_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notification_world_id_notification_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('profile_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('block', sa.Enum('maladies', 'traitements', 'hospitalisations', 'handicaps', 'groupe_sanguin', 'allergies', 'antecedents_familiaux', 'habitudes', 'professionnels', 'entourage', 'volontes', name='block', native_enum=False, length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('started', sa.String(length=10), nullable=False),
    sa.Column('ended', sa.String(length=10), nullable=False),
    sa.Column('detail', sa.String(length=1000), nullable=False),
    sa.Column('comment', sa.String(length=3000), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_profile_entry_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_profile_entry_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_entry')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_profile_entry_world_id_ref'))
    )
    with op.batch_alter_table('profile_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_entry_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_entry_world_id_profile_entry_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_reminder_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_reminder_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_reminder_world_id_ref'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_world_id_reminder_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('folder_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('category', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('deposited_at', sandbox.db.Moment(), nullable=False),
    sa.Column('confidentiality', sa.Enum('N', 'MASQUE_PS', name='confidentiality', native_enum=False, length=40), nullable=False),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('blob_hash', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('opened_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_document_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['folder_id'], ['folder.id'], name=op.f('fk_document_folder_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_document_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_document_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_document_world_id_ref'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_folder_id'), ['folder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_world_id_document_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('sent_at', sandbox.db.Moment(), nullable=False),
    sa.Column('read_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sender_id'], ['user.id'], name=op.f('fk_message_sender_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_message_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_message_world_id_ref'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_sender_id'), ['sender_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_world_id_message_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_attachment_document_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_attachment_message_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_attachment_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_message_id'), ['message_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_world_id_attachment_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('prescription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('prescriber_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=18), nullable=False),
    sa.Column('signed_at', sandbox.db.Moment(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('cancelled_at', sandbox.db.Moment(), nullable=True),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_prescription_document_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['prescriber_id'], ['user.id'], name=op.f('fk_prescription_prescriber_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_prescription_record_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_prescription_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prescription')),
    sa.UniqueConstraint('world_id', 'number', name=op.f('uq_prescription_world_id_number')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_prescription_world_id_ref'))
    )
    with op.batch_alter_table('prescription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prescription_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prescription_prescriber_id'), ['prescriber_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prescription_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prescription_world_id_prescription_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('prescription_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('drug', sa.String(length=120), nullable=False),
    sa.Column('posology', sa.String(length=300), nullable=False),
    sa.Column('duration_days', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('renewals', sa.Integer(), nullable=False),
    sa.Column('substitution', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.Column('delivered', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.CheckConstraint('delivered >= 0 AND delivered <= quantity * (1 + renewals)', name=op.f('ck_line_delivered')),
    sa.ForeignKeyConstraint(['prescription_id'], ['prescription.id'], name=op.f('fk_line_prescription_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_line_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_line_world_id_ref'))
    )
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_line_prescription_id'), ['prescription_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_line_world_id_line_seat'), ['world_id', 'seat'], unique=False)

    op.create_table('delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('pharmacist_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('at', sandbox.db.Moment(), nullable=False),
    sa.Column('substituted', sa.String(length=120), nullable=False),
    sa.Column('refused', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('world_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_delivery_line_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pharmacist_id'], ['user.id'], name=op.f('fk_delivery_pharmacist_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['world_id'], ['world.id'], name=op.f('fk_delivery_world_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('world_id', 'ref', name=op.f('uq_delivery_world_id_ref'))
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_line_id'), ['line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_pharmacist_id'), ['pharmacist_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_world_id_delivery_seat'), ['world_id', 'seat'], unique=False)

    if op.get_bind().dialect.name != "sqlite":  # SQLite takes the circular keys within CREATE TABLE
        for column, table in (("start_id", "snapshot"), ("world_id", "world")):
            op.create_foreign_key(f"fk_workshop_{column}", "workshop", table, [column], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for column in ("start_id", "world_id"):
            op.drop_constraint(f"fk_workshop_{column}", "workshop", type_="foreignkey")
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delivery_world_id_delivery_seat'))
        batch_op.drop_index(batch_op.f('ix_delivery_pharmacist_id'))
        batch_op.drop_index(batch_op.f('ix_delivery_line_id'))

    op.drop_table('delivery')
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_line_world_id_line_seat'))
        batch_op.drop_index(batch_op.f('ix_line_prescription_id'))

    op.drop_table('line')
    with op.batch_alter_table('prescription', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prescription_world_id_prescription_seat'))
        batch_op.drop_index(batch_op.f('ix_prescription_record_id'))
        batch_op.drop_index(batch_op.f('ix_prescription_prescriber_id'))
        batch_op.drop_index(batch_op.f('ix_prescription_document_id'))

    op.drop_table('prescription')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_world_id_attachment_seat'))
        batch_op.drop_index(batch_op.f('ix_attachment_message_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_document_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_world_id_message_seat'))
        batch_op.drop_index(batch_op.f('ix_message_sender_id'))
        batch_op.drop_index(batch_op.f('ix_message_conversation_id'))

    op.drop_table('message')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_world_id_document_seat'))
        batch_op.drop_index(batch_op.f('ix_document_record_id'))
        batch_op.drop_index(batch_op.f('ix_document_folder_id'))
        batch_op.drop_index(batch_op.f('ix_document_author_id'))

    op.drop_table('document')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_world_id_reminder_seat'))
        batch_op.drop_index(batch_op.f('ix_reminder_record_id'))

    op.drop_table('reminder')
    with op.batch_alter_table('profile_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_entry_world_id_profile_entry_seat'))
        batch_op.drop_index(batch_op.f('ix_profile_entry_record_id'))

    op.drop_table('profile_entry')
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notification_world_id_notification_seat'))
        batch_op.drop_index(batch_op.f('ix_notification_record_id'))
        batch_op.drop_index(batch_op.f('ix_notification_actor_id'))

    op.drop_table('notification')
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_measure_world_id_measure_seat'))
        batch_op.drop_index(batch_op.f('ix_measure_record_id'))

    op.drop_table('measure')
    with op.batch_alter_table('folder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_folder_world_id_folder_seat'))
        batch_op.drop_index(batch_op.f('ix_folder_record_id'))

    op.drop_table('folder')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_world_id_entry_seat'))
        batch_op.drop_index(batch_op.f('ix_entry_record_id_entry_at'))
        batch_op.drop_index('ix_entry_done', sqlite_where=sa.text('from_pack = 0'), postgresql_where=sa.text('NOT from_pack'))
        batch_op.drop_index(batch_op.f('ix_entry_actor_id'))

    op.drop_table('entry')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversation_world_id_conversation_seat'))
        batch_op.drop_index(batch_op.f('ix_conversation_record_id'))
        batch_op.drop_index(batch_op.f('ix_conversation_professional_id'))

    op.drop_table('conversation')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index('uq_appointment_slot', sqlite_where=sa.text('held'), postgresql_where=sa.text('held'))
        batch_op.drop_index(batch_op.f('ix_appointment_world_id_appointment_seat'))
        batch_op.drop_index(batch_op.f('ix_appointment_record_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_professional_id'))

    op.drop_table('appointment')
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_world_id_record_seat'))
        batch_op.drop_index(batch_op.f('ix_record_owner_id'))

    op.drop_table('record')
    with op.batch_alter_table('professional', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_professional_world_id_professional_seat'))
        batch_op.drop_index(batch_op.f('ix_professional_user_id'))

    op.drop_table('professional')
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_code_world_id_one_time_code_seat'))
        batch_op.drop_index(batch_op.f('ix_one_time_code_user_id'))

    op.drop_table('one_time_code')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_world_id_mail_seat'))
        batch_op.drop_index(batch_op.f('ix_mail_user_id'))

    op.drop_table('mail')
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_availability_world_id_availability_seat'))
        batch_op.drop_index(batch_op.f('ix_availability_professional_id'))

    op.drop_table('availability')
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_world_id_user_seat'))

    op.drop_table('user')
    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_step_workshop_id'))

    op.drop_table('step')
    with op.batch_alter_table('world', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_world_workshop_id'))

    op.drop_table('world')
    op.drop_table('snapshot_part')
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_snapshot_workshop_id'))

    op.drop_table('snapshot')
    op.drop_table('credential')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_trainer_id'))

    op.drop_table('workshop')
    op.drop_table('trainer')
    op.drop_table('rendering')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_audience_event_id'))
        batch_op.drop_index(batch_op.f('ix_event_at'))

    op.drop_table('event')
    op.drop_table('blob')
