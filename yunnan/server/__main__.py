import typer

from yunnan.server.app import serve

if __name__ == "__main__":
    typer.run(serve)
