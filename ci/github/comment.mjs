// The report as one comment of the pull request: written once, then brought up to date.
import { readFileSync } from 'node:fs';

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, LOCCIT_PULL_REQUEST, LOCCIT_REPORTS } = process.env;
const mark = '<!-- loccit report -->';  // ci/markdown.cpp begins with it
const comments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues/${LOCCIT_PULL_REQUEST}/comments`;

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { Accept: 'application/vnd.github+json', Authorization: `Bearer ${GITHUB_TOKEN}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}`);
  return answer.json();
}

async function ours() {
  for (let page = 1; ; ++page) {
    const some = await ask('GET', `${comments}?per_page=100&page=${page}`);
    const found = some.find(comment => comment.body?.startsWith(mark));
    if (found || some.length < 100) return found;
  }
}

try {
  const body = readFileSync(`${LOCCIT_REPORTS}/report.md`, 'utf8');
  const before = await ours();
  if (before) await ask('PATCH', before.url, { body });
  else await ask('POST', comments, { body });
} catch (error) {
  // A fork's token may not comment; the job summary has the same text, and the verdict is not about this.
  console.log(`::notice title=loccit::no comment was written: ${String(error.message).replaceAll('\n', ' ')}`);
}
