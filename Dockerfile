# syntax=docker/dockerfile:1
# The production form: compiled, without sources, tests and development packages, as a user without rights.

FROM node:24-slim AS build
WORKDIR /app
# Packages first: they change less often than the sources, so that their layer is kept.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/config/modules.json ./config/modules.json
COPY --from=build /app/dist ./dist
# The only folder it writes: keys, and the embedded database where no other is named.
RUN mkdir --mode=700 var && chown node:node var
VOLUME /app/var
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between, so that SIGTERM reaches the host, which then finishes what is under way.
CMD ["node", "--disable-proto=delete", "--enable-source-maps", "dist/server.js"]
