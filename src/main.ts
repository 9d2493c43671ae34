/** Starts the program: settings, app, signals. Nothing else. */

import { createApp } from './app.ts';
import { describeBuild } from './build.ts';
import { toBotError } from './errors.ts';
import { createLogger } from './observability/logger.ts';
import { readSettings, type Settings } from './settings/settings.ts';

/** A stop that takes so long after draining and the grace period never ends; with the usual one, supervisors kill a second later at the earliest. */
const stopWithinMs = 7_000;

// What the process writes is nobody else's on this machine.
process.umask(0o077);

const settings = readSettingsOrExit();
const logger = createLogger(settings.process.logLevel);
const build = describeBuild(settings.process.commit);
logger.info(build, 'OpenCCB is starting');
const app = createApp(settings, build);

process.on('unhandledRejection', (error) => {
	// Some SDKs lose rejections in races of their own (Socket Mode reconnects). Nothing of ours depends on them.
	logger.error({ err: error }, 'an error nobody waited for');
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

try {
	await app.start();
} catch (thrown) {
	logger.fatal({ err: toBotError(thrown) }, 'OpenCCB cannot start');
	process.exit(1);
}

async function stop(): Promise<void> {
	const { drainMs, graceMs } = settings.process;
	const deadline = setTimeout(() => process.exit(1), drainMs + graceMs + stopWithinMs);
	deadline.unref();
	await app.stop();
	process.exit(0);
}

function readSettingsOrExit(): Settings {
	try {
		return readSettings(process.env);
	} catch (thrown) {
		process.stderr.write(`${toBotError(thrown).message}\n`);
		process.exit(1);
	}
}
