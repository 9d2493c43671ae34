/** Tells those who administrate something in their personal chats, each in their own language. */

import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import { type Language, type Words, wordsFor } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Place } from '../platform/place.ts';
import { type Account, webPlatform } from './account.ts';

/** Whom it does not reach is logged, and the others are told all the same. @throws BotError as `Database.queryAsRegistrar`; `CANCELLED`. */
export type TellAdministrators = (say: (words: Words) => CommandResult, signal: AbortSignal) => Promise<void>;

export interface TellingDependencies {
	database: Pick<Database, 'queryAsRegistrar'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	language: Language;
	logger: Pick<Logger, 'warn'>;
}

interface Administrator extends Account {
	lastPlace: Place;
	locale: string | null;
}

/** Each where they were met last. Who has never spoken to the bot can be reached nowhere. */
const findAdministrators = `
select distinct on (person.id) identity.platform, identity.tenant_id as "tenantId", identity.account_id as "accountId",
	identity.last_place as "lastPlace", person.locale
from identities as identity join users as person on person.id = identity.user_id
where person.role = 'ccb_admin' and person.deactivated_at is null and not identity.is_deactivated and identity.last_place is not null
	and identity.platform <> '${webPlatform}'
order by person.id, identity.refreshed_at desc`;

export function createTellAdministrators({ database, platforms, pacers, language, logger }: TellingDependencies): TellAdministrators {
	return async (say, signal) => {
		for (const { lastPlace, locale, ...account } of await database.queryAsRegistrar<Administrator>(findAdministrators)) {
			const platform = platforms.get(account.platform);
			if (platform === undefined) continue;
			try {
				const open = { operation: 'open-chat', place: lastPlace, priority: 'update' } as const;
				const chat = await pacers(platform).run(open, signal, () => platform.openPersonalChat(account, lastPlace, signal));
				const send = { operation: 'send-privately', place: chat, priority: 'update' } as const;
				const told = say(wordsFor(locale, language));
				await pacers(platform).run(send, signal, () => platform.sendPrivately(chat, account, told, undefined, signal));
			} catch (thrown) {
				if (signal.aborted) throw thrown;
				const { code, reason } = toBotError(thrown);
				logger.warn({ platform: platform.name, code, reason }, 'an administrator could not be told');
			}
		}
	};
}
