/** What the emulated server knows beside its rows: one database, one login that asks, and what that may do. A test may change all of it. */

export interface ServerState {
	database: string;
	user: string;
	password: string;
	/** By the name of a table, view or procedure in `dbo`: `SELECT`, `INSERT`, `EXECUTE` … */
	rights: Map<string, Set<string>>;
	serverRights: string[];
	databaseRights: string[];
	/** Names of roles of the server and of the database. */
	roles: Set<string>;
	/** Rights that it may hand on. */
	grantable: string[];
	/** Names of others in whose name it may act. */
	impersonates: Set<string>;
	/** `dbo`, or names of tables. */
	owns: Set<string>;
	maySeePlans: boolean;
	mayRunCommands: boolean;
	allowsSnapshots: boolean;
	isChained: boolean;
	collation: string;
	otherDatabases: string[];
	linkedServers: string[];
	procedures: string[];
	descriptions: { table: string; column: string | null; text: string }[];
	foreignKeys: { table: string; column: string; to: string; toColumn: string }[];
}

/** A login that reads nothing yet. */
export function createServerState(login: { database: string; user: string; password: string }): ServerState {
	return {
		...login,
		rights: new Map(),
		...{ serverRights: [], databaseRights: [], grantable: [] },
		...{ roles: new Set(), impersonates: new Set(), owns: new Set() },
		...{ maySeePlans: true, mayRunCommands: false, allowsSnapshots: false, isChained: false },
		collation: 'Modern_Spanish_CI_AS',
		...{ otherDatabases: [], linkedServers: [], procedures: [], descriptions: [], foreignKeys: [] },
	};
}

/** Who owns a database, or rules the server, may do everything in it. */
export function mayDo(state: ServerState, object: string, right: string): boolean {
	if (state.roles.has('sysadmin') || state.roles.has('db_owner') || state.databaseRights.includes(right)) return true;
	if (state.roles.has('db_datareader') && right === 'SELECT') return true;
	if (state.roles.has('db_datawriter') && ['INSERT', 'UPDATE', 'DELETE'].includes(right)) return true;
	return state.owns.has(object) || state.rights.get(object)?.has(right) === true;
}
