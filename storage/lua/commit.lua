-- All that one turn, or one late outcome, changes about a number, or nothing.
--
-- Keys and arguments are taken one after another; each part says first
-- whether it is there:
--
--	KEYS			ARGV
--	due, about		-
--	session			'session', stamp ('' for none), record,
--				ms to keep it, member of due,
--				'begin' and ms to live | 'end' | 'go'
--				('none': no key, nothing more)
--	resume			'drops', record, ms to keep it
--				'offers': it is not kept any more ('none')
--	profile			'keeps', "INSTITUTION.NAME", "CONSENT VALUE",
--				ms to keep it ('none')
--	call			'closes', member of due ('none')
--	call			'opens', member of due, ms until its node
--				counts as dead, ms to keep it, number, octets
--				(as often as calls begin or are planned; then
--				'none')
--	message, stream		id, link, to, from, text, institution
--				(as often as there are messages)
--
-- gives 1, or 0 when the session has moved or, where there is none, the call
-- was closed before
local MESSAGE_KEPT = 7 * 24 * 3600 * 1000

local k, a = 0, 0
local function key()
	k = k + 1
	return KEYS[k]
end
local function arg()
	a = a + 1
	return ARGV[a]
end
local function now()
	local time = redis.call('TIME')
	return time[1] * 1000 + math.floor(time[2] / 1000)
end

local due, about = key(), key()

-- So that all about a number is found again, as long as it is there.
local function note(member, ms)
	redis.call('ZREMRANGEBYSCORE', about, '-inf', now())
	redis.call('ZADD', about, now() + ms, member)
	if redis.call('PTTL', about) < tonumber(ms) then
		redis.call('PEXPIRE', about, ms)
	end
end

local session, record, kept, member, how, live
local resume, dropped, dropped_kept
local profile, what, said, profile_kept
local closed, closed_member

-- First every question, because a script cannot take back what it wrote.
if arg() == 'session' then
	session = key()
	if redis.call('GETRANGE', session, 0, 11) ~= arg() then
		return 0
	end
	record, kept, member, how = arg(), arg(), arg(), arg()
	if how == 'begin' then
		live = arg()
	end
end
local fate = arg()
if fate ~= 'none' then
	resume = key()
end
if fate == 'drops' then
	dropped, dropped_kept = arg(), arg()
end
if arg() == 'keeps' then
	profile, what, said, profile_kept = key(), arg(), arg(), arg()
end
if arg() == 'closes' then
	closed, closed_member = key(), arg()
	-- A session that has not moved still waits for this very call, even
	-- if its record is lost.
	if not session and redis.call('EXISTS', closed) == 0 then
		return 0
	end
end

if session then
	redis.call('SET', session, record, 'PX', kept)
	if how == 'begin' then
		redis.call('ZADD', due, now() + live, member)
	elseif how == 'end' then
		redis.call('ZREM', due, member)
	end
end
if fate == 'drops' then
	redis.call('SET', resume, dropped, 'PX', dropped_kept)
elseif fate == 'offers' then
	redis.call('DEL', resume)
end
if profile then
	redis.call('HSET', profile, what, now() + profile_kept .. ' ' .. said)
	if redis.call('PTTL', profile) < tonumber(profile_kept) then
		redis.call('PEXPIRE', profile, profile_kept)
	end
end
if closed then
	redis.call('DEL', closed)
	redis.call('ZREM', due, closed_member)
	redis.call('ZREM', about, closed_member)
end
while arg() == 'opens' do
	local call, call_member, dead = key(), arg(), arg()
	local call_kept, number, octets = arg(), arg(), arg()
	redis.call('HSET', call, 'number', number, 'octets', octets,
	    'claims', 0)
	redis.call('PEXPIRE', call, call_kept)
	redis.call('ZADD', due, now() + dead, call_member)
	note(call_member, call_kept)
end
while k < #KEYS do
	local message, stream = key(), key()
	local id, link, to, from = arg(), arg(), arg(), arg()
	local text, institution = arg(), arg()
	if redis.call('EXISTS', message) == 0 then
		redis.call('HSET', message, 'state', 'accepted', 'link', link,
		    'to', to, 'institution', institution, 'accepted', now())
		redis.call('HSET', message, 'entry',
		    redis.call('XADD', stream, '*',
		        'id', id, 'to', to, 'from', from, 'text', text))
		redis.call('PEXPIRE', message, MESSAGE_KEPT)
		note('m:' .. id, MESSAGE_KEPT)
	end
end
return 1
