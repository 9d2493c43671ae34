/** In which language somebody is asked, before the core knows who they are: Slack tells that in profiles alone. */

import { BotError } from '#src/errors.ts';
import { asObject, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import type { SlackIdentity } from './connection.ts';
import type { SlackDirectory } from './directory.ts';

/** BCP 47, as Slack has it; null when it cannot be known soon. Never rejects. */
export type LocaleOf = (accountId: string) => Promise<string | null>;

export interface LocalesDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	directory: Pick<SlackDirectory, 'recall'>;
	onFailed: (error: unknown) => void;
}

/** Hardly anybody changes their language, and whoever does reads one more form in the old one. */
const keptMs = 24 * 60 * 60_000;
/** A modal has to be opened within three seconds of the command ("Modals"), and its opening may take two of them. */
const patienceMs = 700;

export function createLocaleOf({ call, identity, directory, onFailed }: LocalesDependencies): LocaleOf {
	return async (accountId) => {
		const known = directory.recall({ tenantId: identity()?.teamId ?? '', accountId }, keptMs);
		if (known !== null) return known.profile.locale;
		try {
			const answer = await call('users.info', { user: accountId, include_locale: true }, AbortSignal.timeout(patienceMs));
			return textOf(asObject(answer['user'])['locale']) || null;
		} catch (thrown) {
			if (!(thrown instanceof BotError && thrown.code === 'CANCELLED')) onFailed(thrown);
			return null;
		}
	};
}
