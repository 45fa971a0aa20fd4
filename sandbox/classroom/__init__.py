"""The class as it goes on: who is where, who asks for help, what the trainer says to it."""
