/** Tells Discord which commands there are, when that has changed. */

import { createHash } from 'node:crypto';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import type { DiscordCall } from './client.ts';

/** Which commands Discord was told last, as a hash. */
const commandsKey = 'commands';

/**
 * Replaces all commands of the application at once, which may be repeated; still, Discord counts how many are made in a day.
 * @throws BotError as `ChatPlatform`, or `STORE_UNAVAILABLE`.
 */
export async function registerCommands(
	{ call, state }: { call: DiscordCall; state: AdapterState },
	applicationId: string,
	commands: readonly unknown[],
	signal: AbortSignal,
): Promise<void> {
	const hash = createHash('sha256')
		.update(JSON.stringify([applicationId, commands]))
		.digest('hex');
	if ((await state.get(commandsKey)) === hash) return;
	await call('register commands', { method: 'PUT', route: `/applications/${applicationId}/commands`, body: commands }, signal);
	await state.set(commandsKey, hash);
}
