/**
 * A proof is worth something in one transaction of one session alone. It used to hold everywhere and for ever, and it stood in the text of
 * statements: whoever could read what other sessions run could put somebody's proof on.
 */

import { Migration } from '@mikro-orm/migrations';
import { joinKeeper, leaveKeeper } from './keeper.ts';

/**
 * What is signed names the session by its process and the transaction by its beginning. Neither can be chosen, and no two transactions have
 * both in common. A parallel worker has a process of its own, so workers do not ask.
 */
const replaceCheck = `
create or replace function ccb_private.is_genuine() returns boolean language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp as $$
begin
	return exists (
		select from ccb_private.proof_key
		where current_setting('ccb.proof', true) = encode(sha384(key || convert_to(concat_ws(' ',
			current_setting('role'), coalesce(current_setting('ccb.user_id', true), ''),
			pg_backend_pid(), extract(epoch from now())
		), 'UTF8')), 'hex')
	);
end
$$`;

/**
 * With the rights of the login, since the embedded database lets nobody else call set_config. Whatever is given to it is as good as the
 * proof that comes with it. Other sessions do not see parameters. Every name is spelled out, which is cheaper than a search path of its own.
 */
const createOpening = `
create procedure ccb_open(user_id text, proof text, audit_entry text) language plpgsql security definer as $$
declare
	setting pg_catalog.text;
begin
	setting := pg_catalog.set_config('ccb.user_id', user_id, true);
	setting := pg_catalog.set_config('ccb.proof', proof, true);
	setting := pg_catalog.set_config('ccb.audit_entry', audit_entry, true);
end
$$;
revoke all on procedure ccb_open(text, text, text) from public;
grant execute on procedure ccb_open(text, text, text) to ccb_app, ccb_guest, ccb_employee, ccb_admin, ccb_registrar`;

/** As a procedure of its own, since a select would be planned each time that a connection is given back. */
const createUnlocking = `
create procedure ccb_unlock() language plpgsql as $$
declare
	nothing pg_catalog.text;
begin
	nothing := pg_catalog.pg_advisory_unlock_all();
end
$$`;

export class TransactionProof extends Migration {
	override up(): void {
		for (const sql of [joinKeeper, replaceCheck, leaveKeeper, createOpening, createUnlocking]) this.addSql(sql);
	}
}
