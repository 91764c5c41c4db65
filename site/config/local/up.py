"""How does a town start on a laptop? `make run`: one line a step, then the address; Ctrl-C stops everything."""

import contextlib
import http.client
import os
import socket
import sys
import time
import traceback

from pages.demo import logins

from . import locks, places, postgres, programs, redis, tables, translations
from .processes import Children, Program
from .trouble import TroubleError
from .wish import SLEEP, StoppedError, Wish

LOCK = "requirements-local.txt"
LAST_PORT = 65_535
NEEDED = ("postgresql", "redis")


class BadPortError(TroubleError):
    """PORT={port} n'est pas un numéro de port : choisissez un nombre de 1 à 65535, par exemple PORT=8123 make run."""


class TakenPortError(TroubleError):
    """Le port {port} est déjà pris par un autre programme : choisissez-en un autre (PORT={other} make run)."""


class ForbiddenPortError(TroubleError):
    """Le port {port} n'est pas permis : choisissez un nombre au-dessus de 1024, par exemple PORT=8123 make run."""


class FailedError(TroubleError):
    """L'étape « {step} » a échoué : voir {log}."""


def say(line: str) -> None:
    """A terminal that is gone does not stop us from stopping."""
    try:
        print(line, flush=True)  # noqa: T201 - what a person at a terminal reads
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Town:
    """One run: what it started, and where its things are."""

    def __init__(self, *, port: int, wish: Wish) -> None:
        self.port = port
        self.wish = wish
        self.address = f"http://127.0.0.1:{port}/"
        self.logs = places.make(places.STATE / "logs")
        running = locks.be_the_only_one(places.STATE)
        self.temporary = places.temporary()
        self.children = Children(
            logs=self.logs, for_children=(locks.outlive_leftovers(places.STATE),), for_guardian=(running,)
        )
        self.children.remove_at_the_end(self.temporary)
        self.letters = socket.create_server(("127.0.0.1", 0))

    def start(self) -> None:
        """Every step in order; the first that fails says so."""
        check_port(self.port)
        say(f"Dossier : tout va dans {places.STATE}, le port {self.port} est libre.")
        self.start_servers()
        self.update_tables()
        self.start_town()
        is_first = self.load_town()
        self.open_town()
        if is_first:
            self.see_letters_leave()
        say(f"Ready: {self.address}")
        self.say_who_may_sign_in()

    def say_who_may_sign_in(self) -> None:
        staff = tables.staff_among(self.cluster.url(), logins.USERNAMES)
        if staff:
            say(f"Mairie : {self.address}admin/ avec {' ou '.join(staff)}, mot de passe {logins.PASSWORD}")
            say(f"Habitante : {self.address}mon-espace/ avec {logins.RESIDENT}, qui conduit des chantiers.")
        say(f"Lettres : {self.address}courrier/    Pour arrêter : Ctrl-C")

    def start_servers(self) -> None:
        self.cluster = postgres.at(data=places.STATE / "pg", temporary=self.temporary)
        aside = postgres.initialise(self.cluster)
        if aside is not None:
            say(f"Base de données : une base à moitié créée a été mise de côté dans {aside}.")
        postgres.start(self.cluster, children=self.children)
        say("Base de données : PostgreSQL répond.")
        self.wish.heed()
        redis.start(temporary=self.temporary, data=places.STATE, children=self.children)
        say("File d'attente : Redis répond.")
        self.children.start(programs.catcher(folder=places.STATE / "mailbox", descriptor=self.letters.fileno()))
        say(f"Courrier : rien ne part vers l'extérieur, les lettres arrivent dans {places.STATE / 'mailbox'}.")
        self.environment = programs.environment(
            database=self.cluster.url(),
            redis=redis.url(self.temporary),
            mail_port=self.letters.getsockname()[1],
            port=self.port,
        )

    def update_tables(self) -> None:
        if not tables.are_current(self.cluster.url(), lock=LOCK):
            say("Tables : mise à jour...")
            self.run("migrate", "--verbosity=1")
            tables.mark(self.cluster.url(), lock=LOCK)
        say("Tables : à jour.")
        translations.compile_catalogues()
        say("Traductions : prêtes.")

    def load_town(self) -> bool:
        """Whether this was the first start, and the demonstration town was loaded."""
        if tables.have_a_town(self.cluster.url()):
            say("Ville : celle de la dernière fois.")
            return False
        say("Ville de démonstration : chargement...")
        self.run("load_demo")
        say("Ville de démonstration : chargée.")
        return True

    def start_town(self) -> None:
        """The site and the worker get ready while the town is loaded."""
        self.children.start(programs.web(self.environment, port=self.port))
        self.children.start(programs.worker(self.environment))

    def open_town(self) -> None:
        if not self.wish.wait_until(self.is_open, seconds=90):
            raise FailedError(step="le site", log=self.logs / "web.log")
        self.children.start(programs.clock(self.environment, state=places.STATE))
        say("Site, facteur et horloge : en route.")

    def is_open(self) -> bool:
        """Whether the home page answers; the site stopping by itself is not worth waiting for."""
        if any(program.name == "web" for program in self.children.ended()):
            raise FailedError(step="le site", log=self.logs / "web.log")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/")
            return connection.getresponse().status == http.client.OK
        return False

    def see_letters_leave(self) -> None:
        """The first letters go through the worker and SMTP before anybody looks."""
        say("Premières lettres : le facteur les porte...")
        self.wish.wait_until(lambda: not tables.letters_to_leave(self.cluster.url()), seconds=60)
        count = len(os.listdir(places.STATE / "mailbox" / "new"))
        say(f"Premières lettres : {count} arrivées, à lire sur {self.address}courrier/")

    def run(self, *words: str) -> None:
        """Run a management command to its end."""
        process = self.children.start(programs.manage(*words, environment=self.environment))
        self.wish.wait_until(lambda: process.poll() is not None, seconds=600)
        if process.poll() != 0:
            raise FailedError(step=words[0], log=self.logs / f"{words[0]}.log")
        self.children.forget(words[0])

    def live(self) -> None:
        """Until somebody asks us to stop. What ends by itself is started again, except what holds the data."""
        while True:
            self.wish.heed()
            for program in self.children.ended():
                self.start_again(program)
            time.sleep(SLEEP)

    def start_again(self, program: Program) -> None:
        if program.name in NEEDED:
            raise FailedError(step=program.name, log=self.logs / f"{program.name}.log")
        say(f"« {program.name} » s'est arrêté : on le relance (voir {self.logs / f'{program.name}.log'}).")
        time.sleep(1)
        self.children.start_again(program)


def chosen_port() -> int:
    """The port that PORT names, 8000 without it."""
    chosen = os.environ.get("PORT", "").strip() or "8000"
    if not (chosen.isascii() and chosen.isdigit() and 0 < int(chosen) <= LAST_PORT):
        raise BadPortError(port=chosen)
    return int(chosen)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError as error:
            raise ForbiddenPortError(port=port) from error
        except OSError as error:
            raise TakenPortError(port=port, other=port + 1 if port < LAST_PORT else port - 1) from error


def main() -> int:
    """Start, live, stop; one sentence for whatever goes wrong."""
    wish = Wish()
    try:
        port = chosen_port()
        places.make(places.STATE)
        return live(port=port, wish=wish)
    except TroubleError as trouble:
        say(str(trouble))
    except Exception:
        log = places.STATE / "logs" / "up.log"
        with contextlib.suppress(OSError):
            log.write_text(traceback.format_exc(), encoding="utf-8")
        say(f"La ville n'a pas pu démarrer ; le détail est dans {log}.")
    return 1


def live(*, port: int, wish: Wish) -> int:
    town = Town(port=port, wish=wish)
    try:
        town.start()
        town.live()
    except StoppedError:
        say("Arrêt...")
    finally:
        town.children.stop()
    say("Tout est arrêté ; les données restent dans .local.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
