-- Those who wait and those who run, as `turn-ledger.ts` does in memory.
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
	local line = 'line:' .. new.model .. ':' .. new.priority
	local entry = { id = new.id, user = new.userId, model = new.model, priority = new.priority, line = line, member = padded .. ' ' .. new.id }
	call('ZADD', key('models'), 0, new.model)
	note(new.id, (new.priority == 'interactive' and 1 or 3) + (new.isFirst and 0 or 1) .. ' ' .. padded .. ' ' .. new.model)
	keep('own:' .. process)
	write(new.id, new.userId, 'model', new.model, 'priority', new.priority, 'first', new.isFirst and '1' or '0', 'member', entry.member,
		'conversation', new.conversationId, 'excluded', table.concat(new.excludedHosts, ' '))
	call('ZADD', key('waiting'), text(now - (new.waitedMs or 0)), new.id)
	count('waiters', new.userId, 1)
	if new.isFirst then
		call('ZADD', key(line .. ':first'), serial, entry.member)
	else
		setTag(entry, new.offset and number('virtual:' .. line) + new.offset or nextTag(entry))
		keep('user:' .. line .. ':' .. new.userId)
		call('ZREM', key('debts:' .. line), new.userId)
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

local function settleFor(model)
	if state() == 'paused' or not isAnythingFree(model) then return end
	local scanned = 0
	for _, queue in ipairs(queues(model)) do
		local skipped, members = 0, nil
		repeat
			members = call('ZRANGE', key(queue), skipped, skipped + 15)
			for _, member in ipairs(members) do
				local host = chooseHost(idOf(member), model)
				if host then
					grant(queue, member, host)
					if not isAnythingFree(model) then return end
				else
					skipped, scanned = skipped + 1, scanned + 1
					if scanned >= SCANNED then return end
				end
			end
		until #members == 0
	end
end

local function settle()
	for _, model in ipairs(models()) do settleFor(model) end
end

local function waitingFor(model)
	local waiting = 0
	for _, queue in ipairs(queues(model)) do waiting = waiting + call('ZCARD', key(queue)) end
	return waiting
end

-- Whoever would be served last: so that nobody can fill the queue and shut the others out.
local function refuseSurplus(model, limit)
	for _ = limit + 1, waitingFor(model) do
		local last, queue
		for index = 4, 1, -1 do
			if not last then
				queue = queues(model)[index]
				last = call('ZREVRANGE', key(queue), 0, 0)[1]
			end
		end
		if not last then return end
		local entry = entryOf(idOf(last))
		if entry then remove(entry) else strike(queue, last) end
		tell(idOf(last), 'refused', 'queue-full')
	end
end

-- How many are served before each of the queues of a model, by their numbers.
local function countsBefore(model)
	local before = { waitingOnHosts(model) }
	for index, queue in ipairs(queues(model)) do before[index + 1] = before[index] + call('ZCARD', key(queue)) end
	return before
end

-- Of entries and what is noted about each in own:<process>, one after the other.
local function placesOf(noted)
	local means = call('HGETALL', key('means'))
	local answer, before, virtual = { state(), #means / 2 }, {}, {}
	for _, value in ipairs(means) do table.insert(answer, value) end
	for index = 1, #noted, 2 do
		local number, serial, model = string.match(noted[index + 1] or '', '^(%d) (%d+) (%S+)$')
		number = tonumber(number)
		local queue, member = number and queues(model)[number], number and serial .. ' ' .. noted[index]
		local rank = number and call('ZRANK', key(queue), member)
		if rank then
			before[model] = before[model] or countsBefore(model)
			local offset = 0
			if number % 2 == 0 then
				virtual[queue] = virtual[queue] or tonumber(call('HGET', key('numbers'), 'virtual:' .. queue) or 0)
				offset = call('ZSCORE', key(queue), member) - virtual[queue]
			end
			for _, value in ipairs({ noted[index], before[model][number] + rank + 1, text(offset) }) do
				table.insert(answer, value)
			end
		end
	end
	return answer
end

local function loadOf(host)
	return { call('ZCARD', key('streaming:' .. host)), learnedOf(host) or 0 }
end
