"""The simulated phone and mailbox: what the portal « sent ». Nothing real ever leaves."""
