/** What `npm run connectors` says in English. */

export const connectors = {
	usage: [
		'npm run connectors -- check FILE [--role ROLE] [--run]   what the guard makes of statements: JSON lines {"id","sql"} from standard input',
		'npm run connectors -- test FILE                          what is wrong with the file, the database or the login',
		'npm run connectors -- draft FILE                         writes the views of the database below what FILE says already, for you to edit',
		'npm run connectors -- schema                             the JSON schema of the file, for editors',
	].join('\n'),
	noFile: (path: string) => `${path} cannot be read. Give the path of a connector's file.`,
	noRole: (role: string) => `The file gives the role “${role}” nothing. Add it to \`roles\`, or name another one.`,
	invalidFile: (path: string) => `${path} is not a connector yet:`,
	problem: {
		unreadable: (line: number) =>
			`line ${line}: this is not YAML that can be read. Look at indentation and quotes there; aliases are not taken.`,
		missing: (path: string) => `${path}: is missing. Write it.`,
		'unknown-key': (path: string) => `${path}: nothing is called so here. Look for a slip of the pen, or take it out.`,
		'unknown-view': (path: string) => `${path}: names a view that is not in \`views\`. Add the view, or correct the name.`,
		'unknown-column': (path: string) =>
			`${path}: names a column that its view does not have in this file. Add the column, or correct the name.`,
		'unknown-parameter': (path: string) => `${path}: is used and not declared. Add it to \`parameters\` of the question.`,
		'unused-parameter': (path: string) =>
			`${path}: is declared, and the statement does not use it. Write :name there, without quotes, or take it out.`,
		'uneven-columns': (path: string) => `${path}: has another number of columns than \`columns\`. Each needs its counterpart.`,
		taken: (path: string) => `${path}: another file in the folder has this name already. Choose another one.`,
		invalid: (path: string, expected: string) => `${path}: is not what belongs there. Expected: ${expected}`,
	},
	failed: (reason: string) => `It could not be done: ${reason}`,
	connected: (views: number) => `The database answers, and the login reads ${views} tables and views.`,
	fine: 'The login reads what the file names, and can do nothing else.',
	drift: {
		'missing-view': (name: string) =>
			`The view ${name} is not there, or the login may not read it. Grant SELECT, or take it out of the file.`,
		'missing-column': (name: string) => `The column ${name} is not there, or the login may not read it. Correct the file.`,
		'other-type': (name: string, type: string) => `The column ${name} is ${type} in the database. Correct its type in the file.`,
	},
	power: {
		superuser: (what: string) => `It may do everything (${what}). Make a login of its own for questions.`,
		'bypasses-policies': (what: string) => `It passes by the policies of rows (${what}). ALTER ROLE … NOBYPASSRLS.`,
		'makes-roles': (what: string) => `It may make roles (${what}). Take that away.`,
		'makes-databases': (what: string) => `It may make databases (${what}). ALTER ROLE … NOCREATEDB.`,
		replicates: (what: string) => `It may copy the whole server (${what}). ALTER ROLE … NOREPLICATION.`,
		owns: (what: string) => `It owns ${what}, and may change or drop what it owns. Give them another owner.`,
		writes: (what: string) => `It may write: ${what}. REVOKE everything but SELECT.`,
		creates: (what: string) => `It may create in ${what}. REVOKE CREATE, from PUBLIC too.`,
		'temporary-tables': (what: string) => `It may make temporary tables in ${what}. REVOKE TEMPORARY ON DATABASE, from PUBLIC too.`,
		'definer-functions': (what: string) =>
			`It may call functions that run under the rights of others: ${what}. REVOKE EXECUTE, from PUBLIC too.`,
		'server-files': (what: string) => `It may reach files of the server: ${what}. Take that right away.`,
		'powerful-role': (what: string) => `It is a member of ${what}. REVOKE that role.`,
		'other-servers': (what: string) =>
			`It may reach other servers: ${what}. REVOKE USAGE and EXECUTE; drop linked servers that nobody needs.`,
		'chained-databases': (what: string) =>
			`Views of ${what} read other databases for whoever has no right there. ALTER DATABASE … SET DB_CHAINING OFF.`,
		impersonates: (what: string) => `It may act as others: ${what}. REVOKE IMPERSONATE.`,
		'reads-more': (what: string) => `It reads what the file does not name: ${what}. REVOKE SELECT, or describe it in the file.`,
		administrates: (what: string) => `It has rights that questions do not need: ${what}. REVOKE them.`,
		grants: (what: string) => `It may hand its rights on: ${what}. REVOKE GRANT OPTION.`,
	},
	question: (name: string, reason: string) => `The named question ${name} is refused (${reason}). Correct its statement.`,
	sameRows: (view: string) =>
		`The people of \`identity.proof\` see the same number of rows of ${view}: its rows do not depend on who asks. Look at the policies; a view needs security_invoker.`,
	unencrypted: (host: string) => `Questions and rows travel to ${host} unencrypted. Take out \`tls: off\`.`,
	found: (count: number) => (count === 1 ? '1 thing to mend.' : `${count} things to mend.`),
};
