/** Where a database server is, and under which login it is asked: from a catalogue, with the secret put in. */

import type { Catalogue } from '../catalogue/catalogue-file.ts';
import { readSecret } from '../catalogue/secret.ts';

export interface ServerAddress {
	host: string;
	port: number;
	database: string;
	user: string;
	/** Undefined where the server asks for none. */
	password: string | undefined;
	tls: 'verify' | 'off';
	/** A path. */
	certificate: string | undefined;
}

type ServerCatalogue = Exclude<Catalogue, { engine: 'sqlite' }>;

const usualPorts = { postgresql: 5_432, sqlserver: 1_433, mariadb: 3_306, mysql: 3_306 } as const;

/**
 * Read anew for each connection, so that a password that was changed holds at once.
 * @param role whose login, where it has one of its own; null for that of `where`.
 * @throws BotError `CONFIG_INVALID` when the secret is not there.
 */
export async function serverAddressOf(
	{ engine, where, roles }: ServerCatalogue,
	role: string | null,
	environment: NodeJS.ProcessEnv,
): Promise<ServerAddress> {
	const { host, database, tls, certificate, port = usualPorts[engine] } = where;
	const { user, passwordFrom } = (role === null ? undefined : roles[role]?.login) ?? where;
	const password = passwordFrom === undefined ? undefined : await readSecret(passwordFrom, environment);
	return { host, port, database, user, password, tls, certificate };
}
