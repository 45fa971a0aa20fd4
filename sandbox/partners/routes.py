from sandbox.learner import portal

bp = portal("partners", __name__, "/partenaires")
