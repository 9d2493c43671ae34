/** What `npm run manifests` is asked for. Pure. */

import { parseArgs } from 'node:util';
import { programVersion } from '#src/build.ts';
import type { Installation } from './manifest-files.ts';

export interface ManifestRequest {
	/** Null: only the files in the repository. */
	installation: Installation | null;
	/** Where the installation's files go. */
	folder: string;
	discordApplicationId: string | null;
}

/** Below `data/`, which git ignores. */
const standardFolder = 'data/manifests';

const options = {
	'public-url': { type: 'string' },
	'slack-emails': { type: 'boolean', default: false },
	'teams-app-id': { type: 'string' },
	'teams-version': { type: 'string' },
	'teams-all-messages': { type: 'boolean', default: false },
	'company-url': { type: 'string' },
	'discord-application-id': { type: 'string' },
	out: { type: 'string' },
} as const;

/**
 * @param words What stands after `npm run manifests --`.
 * @throws {Error} One sentence that names the option and what it takes.
 */
export function readManifestOptions(words: string[]): ManifestRequest {
	const { values } = parseArgs({ args: words, options, strict: true });
	const publicUrl = httpsUrl('public-url', values['public-url']);
	const appId = matching(
		'teams-app-id',
		values['teams-app-id'],
		/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
		'an id such as Entra shows it',
	);
	const version = matching('teams-version', values['teams-version'], /^\d+\.\d+\.\d+$/, 'three numbers such as 1.2.3');
	const companyUrl = httpsUrl('company-url', values['company-url']);
	const readsAllMessages = values['teams-all-messages'];
	if (appId === null && (version !== null || companyUrl !== null || readsAllMessages))
		throw needs('The options of the Teams app', 'teams-app-id');
	if (publicUrl === null && appId !== null) throw needs('--teams-app-id', 'public-url');
	const readsEmails = values['slack-emails'];
	if (publicUrl === null && readsEmails) throw needs('--slack-emails', 'public-url');
	if (publicUrl === null && values.out !== undefined) throw needs('--out', 'public-url');
	const teams =
		appId === null ? null : { appId, version: version ?? programVersion, companyUrl: companyUrl ?? publicUrl ?? '', readsAllMessages };
	return {
		installation: publicUrl === null ? null : { publicUrl, slack: { readsEmails }, teams },
		folder: values.out ?? standardFolder,
		discordApplicationId: matching('discord-application-id', values['discord-application-id'], /^\d{17,20}$/, '17 to 20 digits'),
	};
}

/** Slack and Teams accept nothing but https. */
function httpsUrl(option: string, value: string | undefined): string | null {
	if (value === undefined) return null;
	const url = URL.parse(value);
	if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '')
		throw new Error(`--${option} takes an address that begins with https://`);
	return url.href.replace(/\/$/, '');
}

function matching(option: string, value: string | undefined, pattern: RegExp, form: string): string | null {
	if (value === undefined) return null;
	if (!pattern.test(value)) throw new Error(`--${option} takes ${form}`);
	return value;
}

function needs(what: string, option: string): Error {
	return new Error(`${what} can be used only together with --${option}`);
}
