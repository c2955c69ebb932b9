;;; emacs.el --- Galley in Emacs, by its built-in eglot  -*- lexical-binding: t -*-

;; Opens a draft with the language server, takes the fix that is named, and prints what it saw as
;; JSON on the last line. Run as
;;   emacs --batch -Q -l emacs.el -- DRAFT TITLE COMMAND…
;; where COMMAND… starts the server, and TITLE begins the title of a fix.

(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'seq)

(setq backtrace-on-error-noninteractive nil
      eglot-confirm-server-edits nil
      eglot-send-changes-idle-time 0.05
      ;; A number would wait for the first output of any process.
      eglot-sync-connect t
      eglot-connect-timeout 60
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil)

;; The mode that a writer installs; Emacs itself ships none for Markdown.
(define-derived-mode markdown-mode text-mode "Markdown")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))

(defun galley-wait (what condition)
  "Let messages come in until CONDITION holds; fail for WHAT after 30 s."
  (let ((end (+ (float-time) 30)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "Waited 30 s for %s" what))
      (accept-process-output nil 0.02)
      ;; In batch Emacs is never idle, and these wait until it is.
      (eglot--signal-textDocument/didChange)
      (flymake-start))))

;; Until there is news, Flymake shows the old problems at places that the fix has moved.
(defvar galley-news 0)
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql textDocument/publishDiagnostics)) &key &allow-other-keys)
  (setq galley-news (1+ galley-news)))

(defun galley-diagnostics ()
  (vconcat
   (mapcar (lambda (one)
             `((line . ,(1- (line-number-at-pos (flymake-diagnostic-beg one))))
               (message . ,(flymake-diagnostic-text one))))
           (flymake-diagnostics))))

(pcase-let ((`(,draft ,title . ,command) (cdr (member "--" command-line-args)))
            (seen nil))
  (setq command-line-args-left nil)
  (add-to-list 'eglot-server-programs `((markdown-mode text-mode) . ,command))
  (find-file draft)
  (apply #'eglot (eglot--guess-contact))
  (galley-wait "diagnostics" #'flymake-diagnostics)
  (push (cons 'before (galley-diagnostics)) seen)
  (let* ((tick (buffer-chars-modified-tick))
         (action nil)
         (problem
          (seq-find
           (lambda (one)
             (setq action (seq-find (lambda (action) (string-prefix-p title (plist-get action :title)))
                                    (eglot-code-actions (flymake-diagnostic-beg one)
                                                        (flymake-diagnostic-end one)
                                                        "quickfix"))))
           (flymake-diagnostics))))
    (unless action (error "No fix begins with %s" title))
    (eglot-execute (eglot-current-server) action)
    (galley-wait "the fix" (lambda () (/= tick (buffer-chars-modified-tick))))
    (eglot--signal-textDocument/didChange)
    (setq galley-news 0)
    (galley-wait "its problem to go"
                 (lambda ()
                   (let ((left (flymake-diagnostics)))
                     (and (> galley-news 0)
                          (seq-every-p (lambda (one) (<= (flymake-diagnostic-end one) (point-max)))
                                       left)
                          (not (seq-some (lambda (one)
                                           (equal (flymake-diagnostic-text one)
                                                  (flymake-diagnostic-text problem)))
                                         left)))))))
  (push (cons 'after (galley-diagnostics)) seen)
  (push (cons 'text (buffer-substring-no-properties (point-min) (point-max))) seen)
  (eglot-shutdown (eglot-current-server))
  (princ (concat (json-encode (nreverse seen)) "\n"))
  (set-buffer-modified-p nil)
  (kill-emacs 0))

;;; emacs.el ends here
