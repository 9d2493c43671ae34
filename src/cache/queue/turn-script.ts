/** The book of turns in Redis: one Lua script, so that every operation is atomic and takes one round trip. */

import { COST_RULES_IN_LUA, HOME_MS, KEPT_MS, LEASE_MS, SCANNED_ENTRIES } from './turn-rules.ts';
import { TURN_HOSTS } from './turn-script-hosts.ts';
import { TURN_LINE } from './turn-script-line.ts';
import { TURN_OPERATIONS } from './turn-script-operations.ts';

/** The braces keep the keys of one queue together on one node of a Redis Cluster. */
export function turnBase(queue: string): string {
	return `turns:{${queue}}`;
}

/** Where a process hears of its turns. Redis' client puts its prefix before keys only; the script gets it with the key. */
export function turnChannel(prefix: string, queue: string, processId: string): string {
	return `${prefix}${turnBase(queue)}:process:${processId}`;
}

/**
 * Key: the base. Under it:
 * - `interactive:first`, `interactive`, `background:first`, `background`: those who wait, in the order in which they are served. Members are
 *   `<number> <entry>`, so that equal scores go by arrival. The score is the number for `first`, else the tag (see `turn-line.ts`).
 * - `user:<priority>:<user>`: the same members and tags, of one user. `debts:<priority>`: the next tag of users without one waiting.
 * - `entry:<entry>`: a hash for each entry, waiting or running. `view:<process>`: its hosts. `own:<process>`: a hash of its entries, with what is
 *   asked for all of them at once: the number of the queue and its own (`2 000000000017`), or its host after a `+`, or `!` when it was recalled.
 * - `held:`, `silent:`, `streaming:<host>`: its running turns; all, those before the first token, those after it.
 * - `processes` by when they are taken for dead; `waiting` by when they entered; `waiters`: how many of each user; `inflight:<user>`: the
 *   user's entries, waiting and running; `learned`: slots of hosts; `home:<conversation>`: its host; `numbers`: virtual times, mean, state, the number given last.
 *
 * Arguments: process, operation, details as JSON. Answers {what the process hears, result}. Time is Redis' own.
 */
export const TURN_SCRIPT = `
local base, process, operation = KEYS[1], ARGV[1], ARGV[2]
local given = cjson.decode(ARGV[3])
local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local LEASE, KEPT, HOME, SCANNED = ${LEASE_MS}, ${KEPT_MS}, ${HOME_MS}, ${SCANNED_ENTRIES}
local QUEUES = { 'interactive:first', 'interactive', 'background:first', 'background' }
local heard = {}
${COST_RULES_IN_LUA}
local function key(name) return base .. ':' .. name end
local function text(number) return string.format('%.17g', number) end
local function number(field) return tonumber(call('HGET', key('numbers'), field) or 0) end
local function keep(name) call('PEXPIRE', key(name), KEPT) end
local function idOf(member) return string.sub(member, 14) end
local function ownerOf(id) return string.match(id, '^[^/]+') end

local function tellProcess(name, message)
	if name == process then table.insert(heard, message) else call('PUBLISH', key('process:' .. name), message) end
end
local function tell(id, kind, detail)
	tellProcess(ownerOf(id), kind .. ' ' .. id .. (detail and ' ' .. detail or ''))
end

local function count(name, user, change)
	if call('HINCRBY', key(name), user, change) <= 0 then call('HDEL', key(name), user) end
end

local function entryOf(id)
	local fields, entry = call('HGETALL', key('entry:' .. id)), { id = id }
	if #fields == 0 then return nil end
	for index = 1, #fields, 2 do entry[fields[index]] = fields[index + 1] end
	return entry
end

local function state() return call('HGET', key('numbers'), 'state') or 'open' end

${TURN_HOSTS}

${TURN_LINE}

-- Entries ----------------------------------------------------------------------------------------------------------------------------

local function note(id, value) call('HSET', key('own:' .. ownerOf(id)), id, value) end

local function write(id, user, ...)
	call('HSET', key('entry:' .. id), 'user', user, ...)
	keep('entry:' .. id)
	call('SADD', key('inflight:' .. user), id)
	keep('inflight:' .. user)
end

local function erase(entry)
	call('DEL', key('entry:' .. entry.id))
	call('HDEL', key('own:' .. ownerOf(entry.id)), entry.id)
	call('SREM', key('inflight:' .. entry.user), entry.id)
end

local function insert(new)
	local serial = call('HINCRBY', key('numbers'), 'serial', 1)
	local padded = string.format('%012d', serial)
	local entry = { id = new.id, user = new.userId, priority = new.priority, member = padded .. ' ' .. new.id }
	note(new.id, (new.priority == 'interactive' and 1 or 3) + (new.isFirst and 0 or 1) .. ' ' .. padded)
	keep('own:' .. process)
	write(new.id, new.userId, 'priority', new.priority, 'first', new.isFirst and '1' or '0', 'member', entry.member,
		'conversation', new.conversationId, 'excluded', table.concat(new.excludedHosts, ' '))
	call('ZADD', key('waiting'), text(now - (new.waitedMs or 0)), new.id)
	count('waiters', new.userId, 1)
	if new.isFirst then
		call('ZADD', key(new.priority .. ':first'), serial, entry.member)
	else
		setTag(entry, new.offset and number('virtual:' .. new.priority) + new.offset or nextTag(entry))
		keep('user:' .. new.priority .. ':' .. new.userId)
		call('ZREM', key('debts:' .. new.priority), new.userId)
	end
end

local function release(entry)
	for _, set in ipairs({ 'held:', 'silent:', 'streaming:' }) do call('ZREM', key(set .. entry.host), entry.id) end
	heldCounts[entry.host] = nil
end

local function hold(id, host, set)
	local serial = call('HINCRBY', key('numbers'), 'serial', 1)
	call('HSET', key('entry:' .. id), 'host', host)
	note(id, '+' .. host)
	for _, name in ipairs({ 'held:' .. host, set .. host }) do
		call('ZADD', key(name), serial, id)
		keep(name)
	end
	heldCounts[host] = nil
end

local function remove(entry)
	if entry.host then release(entry) else withdraw(entry) end
	erase(entry)
end

local function drop(name)
	for _, id in ipairs(call('HKEYS', key('own:' .. name))) do
		local entry = entryOf(id)
		if entry then remove(entry) end
	end
	call('DEL', key('own:' .. name), key('view:' .. name))
	call('ZREM', key('processes'), name)
	views[name], living = nil, nil
end

-- Serving ----------------------------------------------------------------------------------------------------------------------------

-- What stands in a line and is nowhere else, because somebody made Redis forget keys: its process will notice and bring it again.
local function strike(queue, member)
	call('ZREM', key(queue), member)
	call('ZREM', key('waiting'), idOf(member))
end

local function grant(queue, member, host)
	local id = idOf(member)
	local entry = entryOf(id)
	if not entry then return strike(queue, member) end
	serve(entry)
	hold(id, host, 'silent:')
	call('SET', key('home:' .. entry.conversation), host, 'PX', HOME)
	tell(id, 'granted', host)
end

local function settle()
	if state() == 'paused' or not isAnythingFree() then return end
	local scanned = 0
	for _, queue in ipairs(QUEUES) do
		local skipped, members = 0, nil
		repeat
			members = call('ZRANGE', key(queue), skipped, skipped + 15)
			for _, member in ipairs(members) do
				local host = chooseHost(idOf(member))
				if host then
					grant(queue, member, host)
					if not isAnythingFree() then return end
				else
					skipped, scanned = skipped + 1, scanned + 1
					if scanned >= SCANNED then return end
				end
			end
		until #members == 0
	end
end

-- Whoever would be served last: so that nobody can fill the queue and shut the others out.
local function refuseSurplus(limit)
	while call('ZCARD', key('waiting')) > limit do
		local last, queue
		for index = #QUEUES, 1, -1 do
			if not last then last, queue = call('ZREVRANGE', key(QUEUES[index]), 0, 0)[1], QUEUES[index] end
		end
		if not last then return end
		local entry = entryOf(idOf(last))
		if entry then remove(entry) else strike(queue, last) end
		tell(idOf(last), 'refused', 'queue-full')
	end
end

-- Of entries and what is noted about each in own:<process>, one after the other.
local function placesOf(noted)
	local answer, before, virtual = { call('HGET', key('numbers'), 'mean') or '', state() }, { waitingOnHosts() }, {}
	for index, queue in ipairs(QUEUES) do before[index + 1] = before[index] + call('ZCARD', key(queue)) end
	for index = 1, #noted, 2 do
		local number, serial = string.match(noted[index + 1] or '', '^(%d) (%d+)$')
		number = tonumber(number)
		local queue, member = number and key(QUEUES[number]), number and serial .. ' ' .. noted[index]
		local rank = number and call('ZRANK', queue, member)
		if rank then
			local offset = 0
			if number % 2 == 0 then
				virtual[number] = virtual[number] or tonumber(call('HGET', key('numbers'), 'virtual:' .. QUEUES[number]) or 0)
				offset = call('ZSCORE', queue, member) - virtual[number]
			end
			for _, value in ipairs({ noted[index], before[number] + rank + 1, text(offset) }) do
				table.insert(answer, value)
			end
		end
	end
	return answer
end

local function loadOf(host)
	return { call('ZCARD', key('streaming:' .. host)), learnedOf(host) or 0 }
end
${TURN_OPERATIONS}
if operation ~= 'register' and not call('ZSCORE', key('processes'), process) then return { { 'forgotten' }, {} } end
for _, name in ipairs(call('ZRANGEBYSCORE', key('processes'), '-inf', text(now))) do
	if name ~= process then drop(name) end
end
local result = operations[operation]()
return { heard, result or {} }
`;
