-- What a process can do: one function for each method of `TurnBook`.
local operations = {}

-- Also settles after a process was taken out for dead: somebody's beat is what finds it.
function operations.beat()
	call('ZADD', key('processes'), text(now + LEASE), process)
	for _, model in ipairs(models()) do
		for _, name in ipairs(queues(model)) do keep(name) end
		for _, priority in ipairs(PRIORITIES) do keep('debts:line:' .. model .. ':' .. priority) end
	end
	local shared = { 'processes', 'models', 'waiting', 'waiters', 'learned', 'means', 'numbers' }
	for _, name in ipairs(shared) do keep(name) end
	for _, name in ipairs({ 'own:' .. process, 'view:' .. process }) do keep(name) end
	settle()
	local own, known = call('HGETALL', key('own:' .. process)), call('HGETALL', key('learned'))
	local answer = { call('ZCARD', key('processes')), state(), #known / 2 }
	for _, value in ipairs(known) do table.insert(answer, value) end
	for _, value in ipairs(own) do table.insert(answer, value) end
	return answer
end

function operations.register()
	drop(process)
	call('ZADD', key('processes'), text(now + LEASE), process)
	setView(given.view)
	for host, slots in pairs(given.learned) do call('HSETNX', key('learned'), host, slots) end
	for model, mean in pairs(given.means) do call('HSETNX', key('means'), model, text(mean)) end
	if given.isNewer then call('HSET', key('numbers'), 'state', given.state) else call('HSETNX', key('numbers'), 'state', given.state) end
	learned = nil
	for _, turn in ipairs(given.running) do
		write(turn.id, turn.userId, 'model', turn.model, 'priority', turn.priority)
		hold(turn.id, turn.host, turn.hasStarted and 'streaming:' or 'silent:')
	end
	for _, entry in ipairs(given.waiting) do insert(entry) end
	settle()
	for _, model in ipairs(models()) do refuseSurplus(model, given.queueLimit) end
end

function operations.hosts()
	setView(given.view)
	settle()
end

-- Before somebody is refused, it is looked whether those that count are still there.
local function inFlightOf(user, limit)
	local own = key('inflight:' .. user)
	if call('SCARD', own) < limit then return 0 end
	for _, id in ipairs(call('SMEMBERS', own)) do
		if call('EXISTS', key('entry:' .. id)) == 0 then call('SREM', own, id) end
	end
	return call('SCARD', own)
end

function operations.enter()
	local entry = given.entry
	if not entry.isFirst then
		local refusal = state() == 'draining' and 'draining'
		if entry.inFlightLimit and inFlightOf(entry.userId, entry.inFlightLimit) >= entry.inFlightLimit then refusal = 'in-flight' end
		if refusal then
			tell(entry.id, 'refused', refusal)
			return placesOf({})
		end
	end
	insert(entry)
	settleFor(entry.model)
	refuseSurplus(entry.model, given.queueLimit)
	return placesOf({ entry.id, call('HGET', key('own:' .. process), entry.id) })
end

function operations.places()
	return placesOf(call('HGETALL', key('own:' .. process)))
end

function operations.started()
	local entry = entryOf(given.id)
	if not entry or not entry.host then return end
	local load = loadOf(entry.host)
	local serial = call('ZSCORE', key('held:' .. entry.host), entry.id)
	call('ZREM', key('silent:' .. entry.host), entry.id)
	call('ZADD', key('streaming:' .. entry.host), serial, entry.id)
	keep('streaming:' .. entry.host)
	return load
end

function operations.leave()
	local entry = entryOf(given.id)
	if not entry then return end
	local load = entry.host and loadOf(entry.host) or {}
	remove(entry)
	local mean, held = tonumber(call('HGET', key('means'), entry.model) or 0), entry.host and given.heldMs
	if held and mean > 0 then charge(entry, costCorrection(held, mean)) end
	if held and given.isComplete then call('HSET', key('means'), entry.model, text(newMean(mean, held))) end
	settleFor(entry.model)
	return load
end

function operations.load()
	return loadOf(given.host)
end

function operations.learn()
	local host, slots = given.host, given.slots
	if learnedOf(host) == slots then return end
	call('HSET', key('learned'), host, slots)
	learned, views = nil, {}
	for _, name in ipairs(call('ZRANGE', key('processes'), 0, -1)) do tellProcess(name, 'learned ' .. host .. ' ' .. slots) end
	-- One more than fits may stay: it is next on the host, so that the host does not idle between two answers.
	local surplus = call('ZCARD', key('silent:' .. host)) + call('ZCARD', key('streaming:' .. host)) - slots - 1
	if surplus > 0 then
		for _, id in ipairs(call('ZREVRANGE', key('silent:' .. host), 0, surplus - 1)) do
			call('ZREM', key('silent:' .. host), id)
			note(id, '!' .. host)
			tell(id, 'recalled')
		end
	end
	settle()
end

function operations.state()
	call('HSET', key('numbers'), 'state', given.state)
	settle()
end

function operations.view()
	local oldest = call('ZRANGE', key('waiting'), 0, 0, 'WITHSCORES')[2]
	local waiting = { 0, 0, 0, 0 }
	for _, model in ipairs(models()) do
		for index, queue in ipairs(queues(model)) do waiting[index] = waiting[index] + call('ZCARD', key(queue)) end
	end
	local answer = { state(), waiting[1] + waiting[2], waiting[3] + waiting[4], call('HLEN', key('waiters')), oldest and now - oldest or 0 }
	local isListed = {}
	for _, name in ipairs(call('ZRANGE', key('processes'), 0, -1)) do
		for _, seen in ipairs(viewOf(name)) do
			if not isListed[seen.host] then
				isListed[seen.host] = true
				for _, value in ipairs({ seen.host, seen.model, heldOn(seen.host), seen.slots }) do table.insert(answer, value) end
			end
		end
	end
	return answer
end

function operations.quit()
	drop(process)
	settle()
end
