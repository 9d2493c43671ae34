/** Starts the program once, with every platform and no server to reach, so that Node.js keeps what it compiled for all starts to come. */

import { spawn } from 'node:child_process';

const nowhere = '127.0.0.1:9';

/** All adapters are loaded; none of these is a secret. */
const settings = {
	SLACK_BOT_TOKEN: 'xoxb-none',
	SLACK_SIGNING_SECRET: 'none',
	SLACK_API_URL: `http://${nowhere}/api/`,
	TEAMS_APP_ID: '00000000-0000-0000-0000-000000000000',
	TEAMS_APP_PASSWORD: 'none',
	TEAMS_TENANT_ID: '00000000-0000-0000-0000-000000000000',
	TEAMS_OPENID_URL: `http://${nowhere}/`,
	TEAMS_LOGIN_URL: `http://${nowhere}`,
	DISCORD_BOT_TOKEN: 'none',
	DISCORD_APPLICATION_ID: '100000000000000000',
	DISCORD_GUILDS: '100000000000000000',
	DISCORD_API_URL: `http://${nowhere}/api`,
	OLLAMA_HOST: `http://${nowhere}`,
	DATABASE_URL: `postgres://nobody@${nowhere}/nothing`,
	HOST: '127.0.0.1',
	PORT: '0',
	OPENCCB_OPERATIONS_PORT: '0',
};

/** Ten times what a start takes on two busy cores. */
const patienceMs = 120_000;

const child = spawn(process.execPath, ['src/main.ts'], { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
let output = '';
child.stdout.setEncoding('utf8').on('data', (text) => {
	output += text;
	// By then everything is loaded that is loaded at a start; what was compiled is written when the process ends by itself.
	if (output.includes('the database is away')) child.kill('SIGTERM');
});
child.once('close', (code) => {
	clearTimeout(timer);
	if (code === 0) return;
	process.stderr.write(`${output}\nThe program did not start and end as it should (${code}).\n`);
	process.exitCode = 1;
});
