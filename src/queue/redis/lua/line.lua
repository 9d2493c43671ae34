-- Those who wait, in order, as `turn-line.ts` does in memory.
-- The line: tags of virtual time -----------------------------------------------------------------------------------------------------

local function setTag(entry, tag)
	call('ZADD', key(entry.line), text(tag), entry.member)
	call('ZADD', key('user:' .. entry.line .. ':' .. entry.user), text(tag), entry.member)
end

local function owe(entry, tag)
	local debts = key('debts:' .. entry.line)
	if tag > number('virtual:' .. entry.line) then call('ZADD', debts, text(tag), entry.user) else call('ZREM', debts, entry.user) end
end

-- By how many turns a user is ahead of the others in a line, counting no more than what was served.
local function aheadIn(line, user)
	local first = call('ZRANGE', key('user:' .. line .. ':' .. user), 0, 0, 'WITHSCORES')[2]
	return (first or call('ZSCORE', key('debts:' .. line), user) or 0) - number('virtual:' .. line)
end

local function aheadElsewhere(entry)
	local ahead = 0
	for _, model in ipairs(models()) do
		if model ~= entry.model then ahead = math.max(ahead, aheadIn('line:' .. model .. ':' .. entry.priority, entry.user)) end
	end
	return ahead
end

local function nextTag(entry)
	local last = call('ZREVRANGE', key('user:' .. entry.line .. ':' .. entry.user), 0, 0, 'WITHSCORES')
	if last[2] then return last[2] + 1 end
	local debt = call('ZSCORE', key('debts:' .. entry.line), entry.user)
	return math.max(number('virtual:' .. entry.line) + aheadElsewhere(entry), tonumber(debt or 0))
end

-- Takes an entry out of the line; returns its tag, nil for one that goes first.
local function takeOut(entry)
	call('ZREM', key('waiting'), entry.id)
	count('waiters', entry.user, -1)
	if entry.first == '1' then
		call('ZREM', key(entry.line .. ':first'), entry.member)
		return nil
	end
	local tag = tonumber(call('ZSCORE', key(entry.line), entry.member))
	call('ZREM', key(entry.line), entry.member)
	call('ZREM', key('user:' .. entry.line .. ':' .. entry.user), entry.member)
	return tag
end

-- Without having been served: the user's later entries move up.
local function withdraw(entry)
	local mine = key('user:' .. entry.line .. ':' .. entry.user)
	local rank = entry.first ~= '1' and call('ZRANK', mine, entry.member)
	local later = rank and call('ZRANGE', mine, rank + 1, -1, 'WITHSCORES') or {}
	local tag = takeOut(entry)
	if not tag then return end
	for index = 1, #later, 2 do
		setTag({ line = entry.line, user = entry.user, member = later[index] }, tag)
		tag = tonumber(later[index + 1])
	end
	if call('EXISTS', mine) == 0 then owe(entry, tag) end
end

local function serve(entry)
	local tag = takeOut(entry)
	if not tag then return end
	local virtual = 'virtual:' .. entry.line
	if tag > number(virtual) then call('HSET', key('numbers'), virtual, text(tag)) end
	call('ZREMRANGEBYSCORE', key('debts:' .. entry.line), '-inf', text(number(virtual)))
	call('HSET', key('entry:' .. entry.id), 'paid', text(tag + 1))
	if call('EXISTS', key('user:' .. entry.line .. ':' .. entry.user)) == 0 then owe(entry, tag + 1) end
end

-- What the answer really took: moves whatever the user has waiting, or the debt.
local function charge(entry, correction)
	local waiting = call('ZRANGE', key('user:' .. entry.line .. ':' .. entry.user), 0, -1, 'WITHSCORES')
	for index = 1, #waiting, 2 do
		setTag({ line = entry.line, user = entry.user, member = waiting[index] }, waiting[index + 1] + correction)
	end
	if #waiting > 0 then return end
	local virtual = number('virtual:' .. entry.line)
	local debt = call('ZSCORE', key('debts:' .. entry.line), entry.user) or entry.paid or virtual
	owe(entry, tonumber(debt) + correction)
end
