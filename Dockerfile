# syntax=docker/dockerfile:1
# One image for the API, the worker, the clock and the migrations: only the command differs.

# --- The pages -------------------------------------------------------------------------------------------------------
FROM node:24-bookworm-slim AS pages
WORKDIR /source
# The manifests first: packages are fetched again only when these change.
COPY package.json package-lock.json ./
COPY web/kit/package.json web/kit/
COPY web/shell/package.json web/shell/
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY web web
COPY banksia banksia
RUN npm run build

# --- The Python environment ------------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm AS environment
WORKDIR /source
RUN python -m venv /opt/banksia
COPY scripts/locked_requirements.py scripts/
COPY poetry.lock ./
RUN python scripts/locked_requirements.py main > requirements.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/banksia/bin/pip install --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md ./
COPY banksia banksia
RUN --mount=type=cache,target=/root/.cache/pip \
    pip wheel --no-deps --wheel-dir /wheels . && /opt/banksia/bin/pip install --no-deps /wheels/*.whl

# --- What runs -------------------------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Banksia" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /var/lib/banksia --create-home banksia \
    && install --directory --owner banksia --group banksia /var/lib/banksia-incoming
COPY --from=environment /opt/banksia /opt/banksia
COPY --from=pages /source/web/dist /opt/banksia/web
ENV PATH=/opt/banksia/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BANKSIA_DATA_DIR=/var/lib/banksia \
    TMPDIR=/var/lib/banksia \
    BANKSIA_WEB_DIR=/opt/banksia/web
USER banksia
WORKDIR /var/lib/banksia
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["banksia"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
