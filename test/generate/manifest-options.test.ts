import { describe, expect, it } from 'vitest';
import { programVersion } from '#src/build.ts';
import { readManifestOptions } from '../../scripts/generate/manifest-options.ts';

const publicUrl = 'https://bot.example.com';
const appId = '6f1f2c1e-0a4b-4c6d-8e2f-1234567890ab';

describe('the options of npm run manifests', () => {
	it('ask for the files in the repository alone when there are none', () => {
		expect(readManifestOptions([])).toEqual({ installation: null, folder: 'data/manifests', discordApplicationId: null });
	});

	it('need no Teams app', () => {
		expect(readManifestOptions(['--public-url', publicUrl]).installation).toEqual({
			publicUrl,
			slack: { readsEmails: false },
			teams: null,
		});
	});

	it('have defaults for what can be guessed', () => {
		const { installation } = readManifestOptions(['--public-url', `${publicUrl}/`, '--teams-app-id', appId]);
		const teams = { appId, version: programVersion, companyUrl: publicUrl, readsAllMessages: false };
		expect(installation).toEqual({ publicUrl, slack: { readsEmails: false }, teams });
	});

	it('are all heeded', () => {
		const words = [
			...['--public-url', publicUrl, '--slack-emails', '--teams-app-id', appId, '--teams-version', '2.0.1', '--teams-all-messages'],
			...['--company-url', 'https://intranet.example.com/bot', '--discord-application-id', '1234567890123456789', '--out', 'elsewhere'],
		];
		expect(readManifestOptions(words)).toEqual({
			installation: {
				publicUrl,
				slack: { readsEmails: true },
				teams: { appId, version: '2.0.1', companyUrl: 'https://intranet.example.com/bot', readsAllMessages: true },
			},
			folder: 'elsewhere',
			discordApplicationId: '1234567890123456789',
		});
	});

	it.each([
		['an address without https', ['--public-url', 'http://bot.example.com'], '--public-url takes'],
		['an address that is none', ['--public-url', 'bot.example.com'], '--public-url takes'],
		['an address with a query', ['--public-url', `${publicUrl}/?a=b`], '--public-url takes'],
		['an id that is none', ['--public-url', publicUrl, '--teams-app-id', 'openccb'], '--teams-app-id takes'],
		['a version that is none', ['--public-url', publicUrl, '--teams-app-id', appId, '--teams-version', 'next'], '--teams-version takes'],
		['an application that is none', ['--discord-application-id', 'openccb'], '--discord-application-id takes'],
		['a Teams app without an address', ['--teams-app-id', appId], 'together with --public-url'],
		['e-mails in an app without an address', ['--slack-emails'], 'together with --public-url'],
		['a folder with nothing to write', ['--out', 'elsewhere'], 'together with --public-url'],
		['a version without a Teams app', ['--public-url', publicUrl, '--teams-version', '1.0.0'], 'together with --teams-app-id'],
		['a word that it does not know', ['--colour', 'blue'], '--colour'],
	])('refuse %s', (_, words, sentence) => {
		expect(() => readManifestOptions(words)).toThrow(sentence);
	});
});
