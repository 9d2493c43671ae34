/**
 * A local SQL Server, as far as its protocol goes: TDS 7.4 over loopback, with encryption, logins, settings, transactions, plans, attention, types and
 * errors as Microsoft documents them. It knows no T-SQL: rows come from SQLite, which reads what both have in common.
 */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type CompanyDatabase, createCompanyDatabase } from './company-database.ts';
import { createEncryption, type ServerCertificate } from './encryption.ts';
import { encryptions, type Login, readLogin, readPrelogin, writePrelogin } from './login.ts';
import { type Message, messageTypes, readMessages, sendMessage } from './packets.ts';
import { createServerState, type ServerState } from './server-state.ts';
import { createSession, type Session } from './session.ts';
import { databaseChange, done, doneFlags, errorToken, loginAck } from './tokens.ts';

export interface SqlServerEmulatorOptions {
	/** With one, connections may be encrypted; without, the server says that it cannot. */
	certificate?: ServerCertificate;
}

export interface SqlServerEmulator {
	port: number;
	/** A test may change it. */
	state: ServerState;
	/** As the owner of the database. */
	asOwner: CompanyDatabase['asOwner'];
	/** Somebody else takes a table for themselves, and gives all back. */
	lock(table: string): void;
	unlock(): void;
	/** Everybody who came in, in order. */
	logins: Login[];
	/** Every batch and call of everybody. */
	batches: string[];
	/** What each session was told of who asks, in order. */
	identities: Record<string, string>[];
	/** Connections that are logged in; and how many of them work on a statement. */
	countConnections(): number;
	countRunning(): number;
	/** As a restart does. */
	dropConnections(): void;
	close(): Promise<void>;
}

export async function startSqlServerEmulator(options: SqlServerEmulatorOptions = {}): Promise<SqlServerEmulator> {
	const state = createServerState({ database: 'company', user: 'reader', password: 'right' });
	const database = createCompanyDatabase(state);
	const held = new Set<string>();
	const locks = { held, changes: new EventTarget() };
	const sockets = new Set<Socket>();
	const sessions = new Set<Session>();
	const logins: Login[] = [];
	const batches: string[] = [];
	const identities: Record<string, string>[] = [];

	function serve(socket: Socket): void {
		sockets.add(socket);
		socket.on('error', () => {});
		let session: Session | null = null;
		socket.once('close', () => {
			sockets.delete(socket);
			session?.end();
			if (session !== null) sessions.delete(session);
		});
		const encryption = options.certificate === undefined ? null : createEncryption(socket, options.certificate);
		let stream: Duplex = socket;
		const take = (message: Message | null) => {
			if (message?.type === messageTypes.prelogin) return stream === socket ? begin(message.body) : encryption?.shake(message.body);
			if (message?.type === messageTypes.login) session = logIn(readLogin(message.body));
			else session?.take(message);
		};
		readMessages(encryption?.plain ?? socket, take);

		function begin(prelogin: Buffer): void {
			const isWanted = encryption !== null && readPrelogin(prelogin) === encryptions.on;
			sendMessage(socket, writePrelogin(isWanted ? encryptions.on : encryptions.notSupported));
			if (!isWanted) return;
			stream = encryption.secured;
			readMessages(stream, take);
		}

		function logIn(login: Login): Session | null {
			const isRight = login.user === state.user && login.password === state.password;
			const refusal = isRight ? (login.database === state.database ? null : 4060) : 18_456;
			if (refusal !== null) {
				sendMessage(stream, Buffer.concat([errorToken(refusal, `Login failed for user '${login.user}'.`), done(doneFlags.error)]));
				stream.end();
				return null;
			}
			logins.push(login);
			sendMessage(stream, Buffer.concat([databaseChange(login.database), loginAck(), done(doneFlags.final)]));
			const opened = createSession(stream, { state, database, batches, identities, locks });
			sessions.add(opened);
			return opened;
		}
	}

	const server = createServer(serve);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const dropConnections = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		port: (server.address() as AddressInfo).port,
		...{ state, logins, batches, identities, dropConnections },
		asOwner: database.asOwner,
		lock(table) {
			held.add(table);
		},
		unlock() {
			held.clear();
			locks.changes.dispatchEvent(new Event('change'));
		},
		countConnections: () => sessions.size,
		countRunning: () => [...sessions].filter((session) => session.isRunning()).length,
		async close() {
			dropConnections();
			server.close();
			await once(server, 'close');
			database.close();
		},
	};
}
