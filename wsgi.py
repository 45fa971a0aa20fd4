from sandbox import create_app

application = create_app()
