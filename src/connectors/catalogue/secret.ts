/** A secret of a connector, read when it is used: from the environment, or from the file that `NAME_FILE` names. It is kept nowhere. */

import { readFile } from 'node:fs/promises';
import { BotError } from '../../errors.ts';

/** @throws BotError `CONFIG_INVALID` when neither is there, or the file cannot be read; `reason` is the name, never the secret. */
export async function readSecret(name: string, environment: NodeJS.ProcessEnv): Promise<string> {
	const value = environment[name];
	if (value !== undefined && value !== '') return value;
	const path = environment[`${name}_FILE`];
	if (path === undefined) throw new BotError('CONFIG_INVALID', `neither ${name} nor ${name}_FILE is set`, { reason: name });
	try {
		// Tools that write such files end them with a line break.
		return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
	} catch (error) {
		throw new BotError('CONFIG_INVALID', `the file that ${name}_FILE names cannot be read`, { reason: name, cause: error });
	}
}
