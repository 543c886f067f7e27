// The workloads of bench/workload.c on Go's runtime, on one processor: peer WORKLOAD.
// Prints `result NAME METRIC VALUE` lines.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

type workload struct {
	n, tasks, capacity int
	body               func(w workload) time.Time // returns when the operations began
}

func result(name, metric string, value float64) {
	fmt.Printf("result\t%s\t%s\t%.3f\n", name, metric, value)
}

func residentBytes() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	return pages * float64(os.Getpagesize())
}

func cpuMs() float64 {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}

// crowd runs each of n goroutines through body and waits for all of them.
func crowd(n int, body func()) {
	var all sync.WaitGroup
	all.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			body()
			all.Done()
		}()
	}
	all.Wait()
}

func yields(w workload) time.Time {
	start := time.Now()
	crowd(w.tasks, func() {
		for i := w.n / w.tasks; i > 0; i-- {
			runtime.Gosched()
		}
	})
	return start
}

func spawnJoin(w workload) time.Time {
	var one sync.WaitGroup
	start := time.Now()
	for i := 0; i < w.n; i++ {
		one.Add(1)
		go one.Done()
		one.Wait()
	}
	return start
}

// gated lets n goroutines wait at a gate, all at once, opens it, and sees them off. Returns the bytes in memory meanwhile.
func gated(n int, ask bool) (resident float64) {
	var all sync.WaitGroup
	gate := make(chan struct{})
	there := 0
	all.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			there++
			<-gate
			all.Done()
		}()
	}
	for there < n {
		runtime.Gosched()
	}
	if ask {
		resident = residentBytes()
	}
	close(gate)
	all.Wait()
	return resident
}

func aliveWarm(w workload) time.Time {
	gated(w.tasks, false)
	start := time.Now()
	for i := 0; i < w.n; i += w.tasks {
		gated(w.tasks, false)
	}
	return start
}

func aliveCold(w workload) time.Time {
	before := residentBytes()
	start := time.Now()
	there := gated(w.n, true)
	result("alive-100000", "resident_bytes", (there-before)/float64(w.n))
	return start
}

func queue(w workload) time.Time {
	channel := make(chan int, w.capacity)
	var both sync.WaitGroup
	both.Add(2)
	start := time.Now()
	go func() {
		for i := 0; i < w.n; i++ {
			channel <- i
		}
		both.Done()
	}()
	sum := 0
	go func() {
		for i := 0; i < w.n; i++ {
			sum += <-channel
		}
		both.Done()
	}()
	both.Wait()
	if sum != w.n*(w.n-1)/2 {
		panic("an item was lost")
	}
	return start
}

func semaphore(w workload) time.Time {
	permits := make(chan struct{}, w.capacity)
	start := time.Now()
	crowd(w.tasks, func() {
		for i := w.n / w.tasks; i > 0; i-- {
			permits <- struct{}{}
			runtime.Gosched()
			<-permits
		}
	})
	return start
}

func lock(w workload) time.Time {
	var mutex sync.Mutex
	start := time.Now()
	crowd(w.tasks, func() {
		for i := w.n / w.tasks; i > 0; i-- {
			mutex.Lock()
			runtime.Gosched()
			mutex.Unlock()
		}
	})
	return start
}

func nextRandom(state *uint32) uint32 {
	x := *state
	x ^= x << 13
	x ^= x >> 17
	x ^= x << 5
	*state = x
	return x
}

func timers(n int) {
	var all sync.WaitGroup
	state := uint32(12345)
	all.Add(n)
	start, used := time.Now(), cpuMs()
	for i := 0; i < n; i++ {
		for_ := time.Duration(nextRandom(&state)%100000) * time.Microsecond
		go func() {
			time.Sleep(for_)
			all.Done()
		}()
	}
	all.Wait()
	result("timers", "cpu_ms", cpuMs()-used)
	result("timers", "wall_ms", float64(time.Since(start).Nanoseconds())/1e6)
}

func lateness() {
	late := make([]float64, 1000)
	for i := range late {
		start := time.Now()
		time.Sleep(time.Millisecond)
		late[i] = (float64(time.Since(start).Nanoseconds()) - 1e6) / 1e3
	}
	sort.Float64s(late)
	result("lateness", "late_us", late[len(late)/2])
	result("lateness", "late_p99_us", late[len(late)*99/100])
	result("lateness", "earliest_us", late[0])
}

func main() {
	runtime.GOMAXPROCS(1)
	name := os.Args[1]
	all := map[string]workload{
		"yield-2":      {n: 2000000, tasks: 2, body: yields},
		"yield-1000":   {n: 2000000, tasks: 1000, body: yields},
		"spawn-join":   {n: 500000, body: spawnJoin},
		"alive-4000":   {n: 100000, tasks: 4000, body: aliveWarm},
		"alive-100000": {n: 100000, body: aliveCold},
		"queue-1":      {n: 1000000, capacity: 1, body: queue},
		"queue-100":    {n: 1000000, capacity: 100, body: queue},
		"semaphore":    {n: 500000, tasks: 1000, capacity: 10, body: semaphore},
		"lock":         {n: 500000, tasks: 1000, body: lock},
	}
	switch name {
	case "timers":
		timers(100000)
	case "lateness":
		lateness()
	default:
		w, is_known := all[name]
		if !is_known {
			fmt.Fprintf(os.Stderr, "peer: no workload '%s'\n", name)
			os.Exit(2)
		}
		start := w.body(w)
		result(name, "ns", float64(time.Since(start).Nanoseconds())/float64(w.n))
	}
}
