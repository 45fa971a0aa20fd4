"""Settings of the account: contacts, password, paired devices, identity card."""
