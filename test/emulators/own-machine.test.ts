import { afterAll, describe, expect, it } from 'vitest';
import { bytesOf, sendBytes } from '#test/http/raw-request.ts';
import { startDiscordEmulator } from './discord/index.ts';
import { startOllamaEmulator } from './ollama/index.ts';
import { startSlackEmulator } from './slack/index.ts';
import { startTeamsEmulator } from './teams/index.ts';

const closings: (() => Promise<void>)[] = [];
afterAll(async () => void (await Promise.all(closings.map((close) => close()))));

/** An emulator's addresses, each with something that it answers without any token. */
const emulators: Record<string, () => Promise<{ addresses: string[]; close: () => Promise<void> }>> = {
	Slack: async () => {
		const slack = await startSlackEmulator();
		return { addresses: [slack.apiUrl], close: slack.close };
	},
	Teams: async () => {
		const teams = await startTeamsEmulator();
		return { addresses: [teams.loginUrl, teams.filesUrl], close: teams.close };
	},
	Discord: async () => {
		const discord = await startDiscordEmulator();
		return { addresses: [discord.apiUrl], close: discord.close };
	},
	Ollama: async () => {
		const ollama = await startOllamaEmulator();
		return { addresses: [ollama.url], close: ollama.close };
	},
};

describe('a web page that made its name lead to this machine', () => {
	it.each(Object.keys(emulators))('gets nothing from the emulated %s', async (name) => {
		const { addresses, close } = (await emulators[name]?.()) ?? { addresses: [], close: async () => {} };
		closings.push(close);
		for (const address of addresses) {
			const ask = async (host: string) => (await sendBytes(address, bytesOf({ method: 'GET', path: '/', headers: { host } }))).status;
			expect(await ask('evil.example')).toBe(421);
			expect(await ask(new URL(address).host)).not.toBe(421);
		}
	});
});
