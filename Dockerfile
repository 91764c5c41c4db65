# One image for web, worker, beat and migrate. See docs/server.md.
FROM python:3.13.16-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements.txt /
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r /requirements.txt

WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app:/app/site STATIC_ROOT=/srv/static
RUN python -c "from config.local.translations import compile_catalogues as go; go()"
# No secret and no service is needed to gather the static files: these values are for this line only.
RUN DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=unused SITE_URL=https://commune.example \
    DATABASE_URL=postgresql:///unused REDIS_URL=redis://unused EMAIL_URL=smtp://unused \
    python site/manage.py collectstatic --noinput
RUN python -m compileall -q communities engagement meetings site

FROM python:3.13.16-slim-trixie
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin town \
    && install -d -o 10001 -g 10001 /srv/media
COPY --from=build /venv /venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app:/app/site PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media
WORKDIR /app
USER 10001:10001
