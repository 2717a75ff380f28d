// Calls, hand-off and retake: the protocol of runtime/calls.h and runtime/monitor.h, in Promela.
//
// NM machines, NP processors (1 or 2), and the monitor. Coroutines start others, enter calls of both kinds,
// and end; one call may last until all other coroutines have ended, so it needs somebody else to
// take the processor. Each processor is in exactly one place all the time. In the end every
// coroutine has ended, every machine rests, and only then, but then surely, that is reported as a
// deadlock, as the main coroutine waits for ever.
//
// The defines NO_RETAKING, NO_LAST_LOOK, NO_NEW_HOLDER, NO_HAND_OFF, NO_GLOBAL_LOOK and
// NO_MONITOR_WAKE each leave one step out, and verification must then fail.
//
// What is simplified:
//   - Memory is as all see it: what late stores can do to the idle protocol is in idle.pml, and the
//     state of a processor changes by read-modify-writes and under the lock.
//   - Coroutines are numbers: of those in each queue, and of all that have not ended.
//   - A critical section is one step, with the look without the lock before it; and the lowest of a
//     list is taken, as in idle.pml.
//   - The re-check of the idle protocol looks at all queues in one step.
//   - The monitor may take a processor from any call it sees, however short.
//   - Timers are not there.
#ifndef NM
#define NM 3
#endif
#ifndef NP
#define NP 2
#endif
#ifndef SPAWNS
#define SPAWNS 1
#endif
#ifndef CALLS
#define CALLS 2
#endif
#define NONE 15
#define MONITOR NM  // its number among those who act

mtype = { idle, running, in_call };  // ProcessorState
mtype state[2] = idle;
byte holder[2] = NONE;  // the machine that holds or last held it
bool listed[2] = true;
byte queue[2];

// Where a processor is: in the idle list, with a machine (its number), or with the monitor.
#define LISTED 14
byte place[2] = LISTED;

byte spinning, global;
bool needs;
byte made = 1;  // machines
bool resting[NM];
byte given[NM] = NONE;
bool given_spinning[NM];
bool retaking, monitor_rests, dead;

byte spawns = SPAWNS, calls = CALLS, live = 1;
bool long_call;

#define idle_count (listed[0] + listed[1])
#define rest_count (resting[0] + resting[1] + resting[2])

inline check_dead() {
    if
    :: !dead && rest_count == made && !retaking ->
        assert(live == 0);
        dead = true;
        resting[0] = false; resting[1] = false; resting[2] = false
    :: else
    fi
}
inline push_idle(x) {
    assert(place[x] == m && !listed[x]);
    place[x] = LISTED;
    state[x] = idle;
    listed[x] = true
}
// q is an idle processor, `wanted` if it is one, or NONE.
inline take_idle_processor(wanted) {
    if
    :: wanted != NONE && listed[wanted & 1] -> q = wanted
    :: else ->
        if
        :: listed[0] -> q = 0
        :: !listed[0] && listed[1] -> q = 1
        :: else -> q = NONE
        fi
    fi;
    if
    :: q != NONE ->
        assert(place[q] == LISTED);
        place[q] = m;
        listed[q] = false;
#ifndef NO_MONITOR_WAKE
        monitor_rests = false
#endif
    :: else
    fi
}
inline acquire_processor() {
    assert(place[q] == m && p == NONE);
    p = q;
    q = NONE;
    holder[p] = m;
    state[p] = running
}
// q goes to a machine that rests, or to a new one.
inline start_machine(searches) {
    atomic {
        dead || rest_count > 0 || made < NM;
        if
        :: dead
        :: !dead ->
            assert(place[q] == m);
            if
            :: resting[0] -> i = 0
            :: !resting[0] && resting[1] -> i = 1
            :: !resting[0] && !resting[1] && resting[2] -> i = 2
            :: else -> i = made; made++
            fi;
            resting[i] = false;
            place[q] = i;
            given[i] = q;
            given_spinning[i] = searches;
            i = 0;
            q = NONE
        fi
    }
}
inline wake_one() {
    atomic {
        if
        :: spinning == 0 -> spinning = 1; won = true
        :: else
        fi
    };
    if
    :: atomic {
            won -> won = false;
            take_idle_processor(NONE);
            if
            :: q == NONE -> spinning--; needs = true
            :: else
            fi
        };
        if
        :: q != NONE -> start_machine(true)
        :: else
        fi
    :: else
    fi
}
inline begin_spinning() {
    atomic { spinning++; searching = true };
    needs = false
}
// q, which is in m's hands, finds a new holder.
inline hand_off() {
    if
    :: queue[q] > 0 || global > 0 -> start_machine(false)
    :: else ->
        atomic {
            if
            :: spinning + idle_count == 0 -> spinning = 1; won = true
            :: else
            fi
        };
        if
        :: atomic { won -> won = false; needs = false };
            start_machine(true)
        :: else ->
            atomic {
                if
#ifndef NO_GLOBAL_LOOK
                :: global > 0
#endif
                :: global == 0 && needs -> needs = false; spinning++; won = true  // W3
                :: else -> push_idle(q); q = NONE
                fi
            };
            if
            :: won -> won = false; start_machine(true)
            :: !won && q != NONE -> start_machine(false)
            :: else
            fi
        fi
    fi
}

active [NM] proctype Machine() {
    byte m = _pid;  // the machines are started first
    byte p = NONE, q = NONE, old = NONE, i = 0;
    bool searching = false, won = false, waits = false;
    if
    :: atomic {
            m == 0 ->
            listed[1] = NP == 2;
            take_idle_processor(NONE);
            acquire_processor()
        }
    :: m != 0 -> goto end_resting
    fi;

teaching:
    do
    :: atomic { spawns > 0 -> spawns--; live++; queue[p]++ };
        wake_one()
    :: atomic {
            calls > 0 -> calls--;
            old = p;
            p = NONE;
            if
            :: !long_call -> long_call = true; waits = true
            :: true
            fi;
            if
            :: state[old] = in_call  // it may be short
            :: state[old] = idle; q = old  // it will block
            fi
        };
        if
        :: q != NONE ->
#ifdef NO_HAND_OFF
            q = NONE
#else
            hand_off()
#endif
        :: else
        fi;
        // The call is over.
        if
        :: atomic { (!waits || live == 1 || dead) && holder[old] == m -> waits = false };
            atomic {
                if
                :: state[old] == in_call ->
                    // Perhaps it has been retaken after that look, and is wired to another
                    // machine's call by now. Then it is retaken once more.
                    state[old] = running;
                    place[old] = m;
#ifndef NO_NEW_HOLDER
                    holder[old] = m;
#endif
                    p = old;
                    assert(holder[p] == m)
                :: else
                fi
            }
        :: atomic { (!waits || live == 1 || dead) && holder[old] != m -> waits = false }
        fi;
        if
        :: p != NONE -> old = NONE
        :: atomic {
                else ->
                take_idle_processor(old);
                old = NONE;
                if
                :: q == NONE -> global++; goto rest
                :: else -> acquire_processor()
                fi
            }
        fi
    :: atomic { true -> live--; goto find }
    od;

find:
    atomic {
        if
        :: dead -> goto end_over
        :: !dead && queue[p] > 0 -> queue[p]--; goto found
        :: else
        fi
    };
    if
    :: searching
    :: !searching && 2 * spinning < NP - idle_count -> begin_spinning()
    :: !searching && 2 * spinning >= NP - idle_count -> goto give_up
    fi;
    atomic {
        if
        :: queue[1 - p] > 0 -> queue[1 - p]--; goto found
        :: else
        fi
    };

give_up:
    atomic {
        if
        :: global > 0 -> global--; goto found
        :: global == 0 && !searching && needs -> waits = true
        :: else ->
            push_idle(p);
            p = NONE;
            if
            :: !searching -> goto rest
            :: else
            fi
        fi
    };
    if
    :: atomic { waits -> waits = false; spinning++; searching = true };
        needs = false;
        goto find
    :: else
    fi;
    atomic { spinning--; searching = false };
    atomic {
        if
        :: global > 0 ->
            take_idle_processor(NONE);
            if
            :: q != NONE -> global--; acquire_processor()
            :: else -> needs = true
            fi
        :: else
        fi
    };
    if
    :: p != NONE -> begin_spinning(); goto found
    :: else
    fi;
    atomic {
        if
        :: queue[0] > 0 || queue[1] > 0 ->
            take_idle_processor(NONE);
            if
            :: q != NONE -> acquire_processor()
            :: else -> needs = true
            fi
        :: else
        fi
    };
    if
    :: p != NONE -> begin_spinning(); goto find
    :: else
    fi;

rest:
    atomic {
        if
        :: !dead -> resting[m] = true; check_dead()
        :: else
        fi
    };

end_resting:
    atomic {
        given[m] != NONE || dead;
        if
        :: given[m] != NONE ->
            q = given[m];
            given[m] = NONE;
            searching = given_spinning[m];
            acquire_processor()
        :: else -> goto end_over
        fi
    };
    goto find;

found:
    if
    :: atomic { searching -> spinning--; searching = false };
        wake_one()
    :: else
    fi;
    goto teaching;

end_over:
    false
}

active proctype Monitor() {
    byte m = MONITOR, q = NONE, i = 0, x;
    bool won = false;
end:
    do
    :: dead -> break
    :: atomic { !dead && idle_count == NP -> monitor_rests = true };
end_resting:
        !monitor_rests || dead
    :: atomic {
            !dead && (state[0] == in_call || state[1] == in_call) ->
            if
            :: state[0] == in_call -> x = 0
            :: state[1] == in_call -> x = 1
            fi
        };
#ifndef NO_RETAKING
        atomic { retaking = true; check_dead() };
#endif
        atomic {
            if
            :: state[x] == in_call ->
                state[x] = idle;
                assert(place[x] < NM);
                place[x] = m;
                q = x
            :: else
            fi;
            x = 0
        };
        if
        :: q != NONE -> hand_off()
        :: else
        fi;
#ifndef NO_RETAKING
        atomic {
            retaking = false;
#ifndef NO_LAST_LOOK
            check_dead()
#endif
        }
#endif
    od
}

active proctype Judge() {
    timeout;  // nothing else can move
    assert(live == 0 && dead)
}
