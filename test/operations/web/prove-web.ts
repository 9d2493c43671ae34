/** The page in Chromium, behind each proxy with its own configuration and before the real program, on either database. */

import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '#test/e2e/chromium.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { openWebScene, type WebSceneOptions } from '#test/e2e/web-scene.ts';
import { ensurePage } from '../../../scripts/toolchain/page.mjs';
import { findChromium } from '../../../scripts/toolchain/system-parts.mjs';
import { startAcmeDirectory } from '../https/acme-directory.ts';
import { createCaddyFront } from '../https/caddy-front.ts';
import { call, servedCertificate } from '../https/caller.ts';
import type { Front, FrontOptions } from '../https/front.ts';
import { createNginxFront } from '../https/nginx-front.ts';
import type { Prove } from '../https/prove.ts';
import { proveReading } from './reading.ts';

interface Setting {
	name: string;
	createFront: (options: FrontOptions) => Promise<Front>;
	database: NonNullable<WebSceneOptions['database']>;
}

const settings: readonly Setting[] = [
	{ name: 'nginx, PostgreSQL', createFront: createNginxFront, database: 'server' },
	{ name: 'Caddy, embedded database', createFront: createCaddyFront, database: 'embedded' },
];
const domain = 'bot.example.com';
/** None is renewed here. */
const validitySeconds = 3_600;

export async function proveWeb(prove: Prove): Promise<void> {
	ensurePage(process.execPath);
	const folder = await mkdtemp(join(tmpdir(), 'openccb-web-'));
	// nginx answers under an account of its own.
	await chmod(folder, 0o755);
	try {
		for (const setting of settings) {
			const own = join(folder, setting.database);
			await mkdir(own);
			await proveBehind(setting, own, (sentence, act) => prove(`${setting.name}: ${sentence}`, act));
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function proveBehind({ createFront, database }: Setting, folder: string, prove: Prove): Promise<void> {
	await using scene = await openWebScene({ database, environment: { OPENCCB_TRUSTED_PROXIES: '127.0.0.1' } });
	const directory = await startAcmeDirectory(folder, validitySeconds);
	const front = await createFront({ directory, domain, upstreams: new URL(scene.program.address).host, folder });
	let browser: Browser | null = null;
	try {
		await front.start();
		await eventually(async () => {
			await front.look();
			return await servedCertificate(front);
		});
		await eventually(async () => (await call(front, { path: '/' })).status === 200);
		browser = await launchChromium(pathOfChromium(), [`--host-resolver-rules=MAP ${domain}:443 127.0.0.1:${front.httpsPort}`]);
		await proveReading({ scene, browser, front }, prove);
	} finally {
		await browser?.close();
		await front.stop();
		await directory.close();
	}
}

function pathOfChromium(): string {
	const path = findChromium();
	if (path === null) throw new Error('Chromium is missing on this machine');
	return path;
}
