;; The loops that the reader's time goes into. Each has a twin in kernel.ts that gives the same, bit by bit: sums of
;; whole numbers are the same in any order, and the rest is one operation after another on 32-bit floats.
;; Places and strides are in bytes. Rows begin at multiples of 16.
(module
  (memory (export "memory") 40)

  ;; The four lanes of a sum as one number.
  (func $total (param $lanes v128) (result i32)
    (local.set $lanes (i32x4.add (local.get $lanes)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $lanes) (local.get $lanes))))
    (i32.add (i32x4.extract_lane 0 (local.get $lanes)) (i32x4.extract_lane 1 (local.get $lanes))))

  ;; out[r][c] = the sum of x[r][i] * w[c][i] for i below `width`, a multiple of 16. Two rows and four columns at a time:
  ;; what lies behind the last row is read and written too.
  (func (export "dense")
    (param $x i32) (param $xStride i32) (param $rows i32) (param $width i32)
    (param $w i32) (param $wStride i32) (param $columns i32) (param $out i32) (param $outStride i32)
    (local $end i32) (local $column i32) (local $to i32) (local $x0 i32) (local $x1 i32)
    (local $w0 i32) (local $w1 i32) (local $w2 i32) (local $w3 i32)
    (local $a v128) (local $b v128) (local $u v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128)
    (loop $nextRows
      (local.set $end (i32.add (local.get $x) (i32.shl (local.get $width) (i32.const 1))))
      (local.set $column (i32.const 0))
      (loop $nextColumns
        (local.set $x0 (local.get $x))
        (local.set $x1 (i32.add (local.get $x) (local.get $xStride)))
        (local.set $w0 (i32.add (local.get $w) (i32.mul (local.get $column) (local.get $wStride))))
        (local.set $w1 (i32.add (local.get $w0) (local.get $wStride)))
        (local.set $w2 (i32.add (local.get $w1) (local.get $wStride)))
        (local.set $w3 (i32.add (local.get $w2) (local.get $wStride)))
        (local.set $a0 (v128.const i32x4 0 0 0 0))
        (local.set $a1 (local.get $a0)) (local.set $a2 (local.get $a0)) (local.set $a3 (local.get $a0))
        (local.set $b0 (local.get $a0)) (local.set $b1 (local.get $a0))
        (local.set $b2 (local.get $a0)) (local.set $b3 (local.get $a0))
        (loop $more
          (local.set $a (v128.load (local.get $x0)))
          (local.set $b (v128.load (local.get $x1)))
          (local.set $u (v128.load (local.get $w0)))
          (local.set $a0 (i32x4.add (local.get $a0) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b0 (i32x4.add (local.get $b0) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w1)))
          (local.set $a1 (i32x4.add (local.get $a1) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b1 (i32x4.add (local.get $b1) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w2)))
          (local.set $a2 (i32x4.add (local.get $a2) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b2 (i32x4.add (local.get $b2) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load (local.get $w3)))
          (local.set $a3 (i32x4.add (local.get $a3) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b3 (i32x4.add (local.get $b3) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $a (v128.load offset=16 (local.get $x0)))
          (local.set $b (v128.load offset=16 (local.get $x1)))
          (local.set $u (v128.load offset=16 (local.get $w0)))
          (local.set $a0 (i32x4.add (local.get $a0) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b0 (i32x4.add (local.get $b0) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load offset=16 (local.get $w1)))
          (local.set $a1 (i32x4.add (local.get $a1) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b1 (i32x4.add (local.get $b1) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load offset=16 (local.get $w2)))
          (local.set $a2 (i32x4.add (local.get $a2) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b2 (i32x4.add (local.get $b2) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $u (v128.load offset=16 (local.get $w3)))
          (local.set $a3 (i32x4.add (local.get $a3) (i32x4.dot_i16x8_s (local.get $a) (local.get $u))))
          (local.set $b3 (i32x4.add (local.get $b3) (i32x4.dot_i16x8_s (local.get $b) (local.get $u))))
          (local.set $w0 (i32.add (local.get $w0) (i32.const 32)))
          (local.set $w1 (i32.add (local.get $w1) (i32.const 32)))
          (local.set $w2 (i32.add (local.get $w2) (i32.const 32)))
          (local.set $w3 (i32.add (local.get $w3) (i32.const 32)))
          (local.set $x1 (i32.add (local.get $x1) (i32.const 32)))
          (br_if $more (i32.lt_u (local.tee $x0 (i32.add (local.get $x0) (i32.const 32))) (local.get $end))))
        (local.set $to (i32.add (local.get $out) (i32.shl (local.get $column) (i32.const 2))))
        (i32.store (local.get $to) (call $total (local.get $a0)))
        (i32.store offset=4 (local.get $to) (call $total (local.get $a1)))
        (i32.store offset=8 (local.get $to) (call $total (local.get $a2)))
        (i32.store offset=12 (local.get $to) (call $total (local.get $a3)))
        (local.set $to (i32.add (local.get $to) (local.get $outStride)))
        (i32.store (local.get $to) (call $total (local.get $b0)))
        (i32.store offset=4 (local.get $to) (call $total (local.get $b1)))
        (i32.store offset=8 (local.get $to) (call $total (local.get $b2)))
        (i32.store offset=12 (local.get $to) (call $total (local.get $b3)))
        (local.set $column (i32.add (local.get $column) (i32.const 4)))
        (br_if $nextColumns (i32.lt_u (local.get $column) (local.get $columns))))
      (local.set $x (i32.add (local.get $x) (i32.shl (local.get $xStride) (i32.const 1))))
      (local.set $out (i32.add (local.get $out) (i32.shl (local.get $outStride) (i32.const 1))))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 2)))
      (br_if $nextRows (i32.gt_s (local.get $rows) (i32.const 0)))))

  ;; values[i] = values[i] * keep + max(sums[i] * (step * scales[i % columns]) + bias[i % columns], least) for rows of
  ;; `columns` sums, a multiple of 4.
  (func (export "finish")
    (param $sums i32) (param $rows i32) (param $columns i32) (param $scales i32) (param $bias i32)
    (param $step f32) (param $least f32) (param $keep f32) (param $values i32) (param $stride i32)
    (local $at i32) (local $end i32) (local $times v128) (local $floor v128) (local $kept v128)
    (local.set $times (f32x4.splat (local.get $step)))
    (local.set $floor (f32x4.splat (local.get $least)))
    (local.set $kept (f32x4.splat (local.get $keep)))
    (local.set $end (i32.shl (local.get $columns) (i32.const 2)))
    (loop $nextRow
      (local.set $at (i32.const 0))
      (loop $more
        (v128.store (i32.add (local.get $values) (local.get $at))
          (f32x4.add
            (f32x4.mul (v128.load (i32.add (local.get $values) (local.get $at))) (local.get $kept))
            (f32x4.max
              (f32x4.add
                (f32x4.mul
                  (f32x4.convert_i32x4_s (v128.load (i32.add (local.get $sums) (local.get $at))))
                  (f32x4.mul (local.get $times) (v128.load (i32.add (local.get $scales) (local.get $at)))))
                (v128.load (i32.add (local.get $bias) (local.get $at))))
              (local.get $floor))))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (local.set $sums (i32.add (local.get $sums) (local.get $end)))
      (local.set $values (i32.add (local.get $values) (local.get $stride)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; The largest of `count` floats, a multiple of 8, without their signs.
  (func (export "most") (param $values i32) (param $count i32) (result f32)
    (local $most v128) (local $end i32)
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (loop $more
      (local.set $most (f32x4.max (local.get $most) (f32x4.abs (v128.load (local.get $values)))))
      (br_if $more (i32.lt_u (local.tee $values (i32.add (local.get $values) (i32.const 16))) (local.get $end))))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
      (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most)))))

  ;; numbers[i] = values[i] * times, as the nearest whole number: the even one of two.
  (func (export "round") (param $values i32) (param $count i32) (param $times f32) (param $numbers i32)
    (local $factor v128) (local $end i32)
    (local.set $factor (f32x4.splat (local.get $times)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (loop $more
      (v128.store (local.get $numbers)
        (i16x8.narrow_i32x4_s
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load (local.get $values)) (local.get $factor))))
          (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $values)) (local.get $factor))))))
      (local.set $numbers (i32.add (local.get $numbers) (i32.const 16)))
      (br_if $more (i32.lt_u (local.tee $values (i32.add (local.get $values) (i32.const 32))) (local.get $end))))))
