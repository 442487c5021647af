# The platform's own programs but for the guard: Jobs, proofs. Built by `npm run image`, which bundles them first.
FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY dist/runtime /app
USER 1000:1000
CMD ["node", "/app/smoke.js"]
