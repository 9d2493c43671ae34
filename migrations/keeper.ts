/** The way in and out of the role that owns what no statement may reach: the login is a member of it for the time of a migration. */

/** A membership that was there before is left alone: somebody with more rights may have prepared it. */
export const joinKeeper = `
do $$
begin
	set local role ccb_keeper;
exception when insufficient_privilege then
	execute format('grant ccb_keeper to %I', current_user);
	set local ccb.joined = 'yes';
	set local role ccb_keeper;
end
$$`;

export const leaveKeeper = `
reset role;
do $$
begin
	if current_setting('ccb.joined', true) = 'yes' then
		execute format('revoke ccb_keeper from %I', current_user);
	end if;
end
$$`;
