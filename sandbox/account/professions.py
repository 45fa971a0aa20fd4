"""The codes of professions (TRE_G15) that rules name."""

DOCTOR, DENTIST, MIDWIFE, PHARMACIST, NURSE, PHYSIOTHERAPIST = "10", "40", "50", "21", "60", "70"
LABORATORY = "laboratoire"  # an establishment's account: it has no code of its own
